import { LIMITS, type Owner, type Result } from "../../../core/index.ts";
import type { Approver } from "../../gate/index.ts";
import type { ChannelsWorld } from "../ports.ts";
import { idsWithRole, memberOf } from "../receive/principal.ts";
import type { Outbound, Pressed } from "../types.ts";
import { nothingToKeep, type Line } from "./deliver.ts";
import type { ProgressShow } from "./progress.ts";
import { questionOf } from "./question.ts";

export interface ApprovalsShow {
  readonly start: () => void;
  readonly stop: () => void;
  readonly pressed: (owner: Owner, channel: string, press: Pressed) => string;
}

const BUTTON = /^approval:([0-9a-f]{8,64}):(given|refused)$/;
/** The most people that one question is sent to. */
const MAX_ASKED = 20;

/**
 * Brings questions of the gate to people who may answer them: on the channel the message came through, to
 * everybody whose role is high enough. An answer counts by the identity that pressed the button, never by text,
 * and whether that identity may answer is the gate's to say.
 */
export function askApprovals(
  world: ChannelsWorld,
  progress: ProgressShow,
  lineOf: (channel: string, account: string) => Result<Line>,
): ApprovalsShow {
  let leave = (): void => {};
  const ask = async (run: string, id: string): Promise<void> => {
    const place = progress.placeOf(run);
    const line = place && lineOf(place.channel, place.to.account);
    if (!place || !line?.ok) return;
    const listed = world.approvals()?.list();
    const approval = listed?.ok ? listed.value.find((each) => each.id === id) : undefined;
    if (!approval) return;
    const { adapter, owner, delivery } = line.value;
    const text = questionOf(approval, { hasButtons: adapter.traits.hasButtons, isHtml: delivery.format === "html" });
    const asked = idsWithRole(place.channel, approval.role, owner.resources.values()).slice(0, MAX_ASKED);
    for (const peer of asked) {
      const message: Outbound = {
        to: { account: place.to.account, peer, thread: null, replyTo: null },
        text,
        attachments: [],
        id: `approval-${id}-${peer}`,
        answers: null,
        ...(adapter.traits.hasButtons
          ? {
              buttons: [
                { id: `approval:${id}:given`, label: "Approve" },
                { id: `approval:${id}:refused`, label: "Refuse" },
              ],
            }
          : {}),
      };
      await adapter.send(message, AbortSignal.timeout(LIMITS.channelStepMs), nothingToKeep).catch(() => undefined);
    }
  };
  return {
    start: () => {
      leave = world.bus.subscribe(["approval.asked"], ({ correlation, approval }) => void ask(correlation, approval));
    },
    stop: () => leave(),
    pressed: (owner, channel, { button, sender, verified }) => {
      const [, id, answer] = BUTTON.exec(button) ?? [];
      const approvals = world.approvals();
      const listed = approvals?.list();
      // A button of another owner's question is none of ours.
      const isOpen = listed?.ok === true && listed.value.some((each) => each.id === id && each.owner === owner);
      if (id === undefined || !approvals || !isOpen) return "This question is not open any more.";
      const by = approverOf(world, owner, channel, { sender, verified });
      const done = approvals.answer(id, {
        answer: answer === "given" ? "given" : "refused",
        by,
        reason: null,
      });
      if (done.ok) return answer === "given" ? "Approved." : "Refused.";
      return done.diagnostics[0]?.summary ?? "That did not work.";
    },
  };
}

/** Who pressed a button, as a member of a Team where the platform vouches for the id. */
function approverOf(
  world: ChannelsWorld,
  owner: Owner,
  channel: string,
  { sender, verified }: Pick<Pressed, "sender" | "verified">,
): Approver {
  const live = world.live().state();
  const resources = live.ok ? live.value.owners.get(owner)?.resources.values() : undefined;
  const member = verified && resources ? memberOf(channel, sender, resources) : undefined;
  return { id: `${channel}:${sender}`, person: member?.name ?? null, role: member?.role ?? null, verified, via: "channel" };
}
