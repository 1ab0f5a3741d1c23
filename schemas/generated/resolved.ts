// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate
import type { Json } from "../../core/index.ts";

/**
 * Text, or `{file: path}`: a file of the repository whose bytes are embedded and digested.
 */
export type FileText =
  | string
  | {
      /**
       * The file, relative to moltbot.yaml; at most 1 MiB of UTF-8 text.
       */
      readonly file: string;
    };
/**
 * Text that everybody may read, or a reference to a value of a Secret: `{secret: NAME, key: KEY}`.
 */
export type TextOrSecret =
  | string
  | {
      /**
       * The name of the Secret.
       */
      readonly secret: string;
      /**
       * Which of its values.
       */
      readonly key: string;
    };
/**
 * What it brings beside tools.
 *
 * Items: A kind of extension.
 */
export type PluginProvides = readonly ("tools" | "channel" | "model-provider" | "memory")[];

/**
 * An assistant: which model answers, with which prompt, and what it may do. Without capabilities it can only talk.
 */
export interface Agent {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Agent";
  readonly metadata: Metadata;
  readonly spec: AgentSpec;
}
/**
 * Names and labels a resource. Kind and name together are its address.
 */
export interface Metadata {
  /**
   * The resource's name, unique among its kind. RFC 1123 label: lower-case letters, digits and inner hyphens, at most 63 characters. Another name is another resource, unless the Project says `moved`.
   */
  readonly name: string;
  /**
   * Short facts to select resources by, such as `team: care`.
   */
  readonly labels?: {
    /**
     * The label's value: letters, digits, hyphens, underscores and dots, or empty.
     */
    readonly [k: string]: string;
  };
  /**
   * Notes for tools and people. Keys below `moltbot.dev/` are ours: only the ones listed here exist.
   */
  readonly annotations?: {
    /**
     * The id this resource had in the configuration it was imported from.
     */
    readonly "moltbot.dev/original-id"?: string;
    /**
     * `"true"`: a plan that would delete or replace this resource is refused. Resources it uses inherit the protection.
     */
    readonly "moltbot.dev/protect"?: "true" | "false";
    /**
     * Free text.
     */
    readonly [k: string]: string | "true" | "false" | undefined;
  };
}
/**
 * What the agent is.
 */
export interface AgentSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  readonly identity?: AgentIdentity;
  readonly model: ModelChoice;
  /**
   * Models to try in this order when the first one fails or is over its limits.
   */
  readonly fallbacks?: readonly ModelChoice[];
  readonly imageModel?: ModelChoice;
  readonly utilityModel?: ModelChoice;
  readonly prompt?: FileText;
  /**
   * Skills whose prompts and files the agent gets, in this order.
   *
   * Items: The name of a Skill.
   */
  readonly skills?: readonly string[];
  /**
   * MCP servers that are connected for this agent. Their tools also need grants, `mcp:<server>/<tool>`.
   *
   * Items: The name of a McpServer.
   */
  readonly mcpServers?: readonly string[];
  /**
   * What the agent may do. Nothing is allowed but what is granted here. A list keyed by `name`, or by `tool` where a grant has no name; two grants of one tool need names.
   */
  readonly capabilities?: readonly Capability[];
  /**
   * Agents this one may call. A call also needs the capability `agent:<name>`.
   *
   * Items: The name of an Agent.
   */
  readonly subAgents?: readonly string[];
  readonly delegation?: AgentDelegation;
  readonly workspace?: AgentWorkspace;
  readonly sessions?: AgentSessions;
  readonly compaction?: AgentCompaction;
  readonly contextPruning?: AgentContextPruning;
  readonly groupChat?: AgentGroupChat;
  /**
   * The time zone of the agent's clock (IANA name).
   */
  readonly timezone: string;
  readonly memory?: AgentMemory;
  readonly sandbox?: AgentSandbox;
  readonly budgets?: AgentBudgets;
  readonly debug?: AgentDebug;
}
/**
 * How the agent presents itself in chats. Never evidence of who it is.
 */
export interface AgentIdentity {
  /**
   * The name people see.
   */
  readonly displayName?: string;
  /**
   * A sign shown beside the name.
   */
  readonly emoji?: string;
  /**
   * The manner of speaking, in a few words.
   */
  readonly theme?: string;
  /**
   * A picture in the repository.
   */
  readonly avatar?: string;
}
/**
 * A model of a provider, and how to ask it.
 */
export interface ModelChoice {
  /**
   * The name of a ModelProvider.
   */
  readonly provider: string;
  /**
   * The model's name as the provider knows it.
   */
  readonly name: string;
  /**
   * How freely the model chooses its words: 0 is the most predictable. Absent: the provider's own default.
   */
  readonly temperature?: number;
  /**
   * Choose among the most likely words that together have this probability. Absent: the provider's own default.
   */
  readonly topP?: number;
  /**
   * The longest answer, in tokens. Absent: the provider's own limit.
   */
  readonly maxTokens?: number;
  /**
   * The answer ends before any of these texts.
   *
   * Items: A text that ends the answer.
   */
  readonly stop?: readonly string[];
  /**
   * How long the model may think before it answers. Absent: the provider's own default.
   */
  readonly thinking?: "off" | "minimal" | "low" | "medium" | "high";
  /**
   * How long one answer may take. Absent: the provider's `timeout`.
   */
  readonly timeout?: string;
}
/**
 * One grant: a tool, what may be done with it, and under which conditions.
 */
export interface Capability {
  /**
   * The grant's key in this list; default: the tool. Needed where one tool has several grants.
   */
  readonly name?: string;
  /**
   * The tool: a built-in such as `http.fetch`, `plugin:<name>/<tool>`, `mcp:<server>/<tool>` or `agent:<name>`. `*` stands for every tool of one plugin or server.
   */
  readonly tool: string;
  /**
   * Which actions on which resources.
   */
  readonly permissions: readonly Permission[];
  readonly constraints: Constraints;
  /**
   * From this instant on the grant is void.
   */
  readonly expiresAt?: string;
  /**
   * Why the agent needs it, for reviewers.
   */
  readonly purpose?: string;
}
/**
 * One action on the resources a pattern names.
 */
export interface Permission {
  /**
   * The action, such as `get`, `read`, `write`, `run`, `send` or `call`.
   */
  readonly action: string;
  /**
   * A pattern of whole segments: `*` is one, a final `**` any number. A web address, a path in the workspace, a program or a name, as the tool asks. Tools without resources (`time`, `json`) take none.
   */
  readonly resource?: string;
}
/**
 * Conditions on every use of the grant.
 */
export interface Constraints {
  /**
   * Whether a person is asked: before each call, once in a session, or never. `never` is shown under Widening.
   */
  readonly approval: "always" | "once" | "never";
  /**
   * How often the tool may be called, at most.
   */
  readonly rate?: string;
  /**
   * How often it may be called in one session, at most.
   */
  readonly maxCalls?: number;
  /**
   * How long one call may take.
   */
  readonly timeout?: string;
  /**
   * The most bytes one call may send.
   */
  readonly maxRequestBytes?: string;
  /**
   * The most bytes one call may receive.
   */
  readonly maxResponseBytes?: string;
}
/**
 * Bounds on calling other agents.
 */
export interface AgentDelegation {
  /**
   * Whether the agent is told to hand work on: only that it can, or that it should where another agent fits better.
   */
  readonly mode: "suggest" | "prefer";
  /**
   * How many calls may run at once.
   */
  readonly maxConcurrent: number;
  /**
   * How deep calls may nest.
   */
  readonly maxDepth: number;
  /**
   * How long one call may take.
   */
  readonly timeout: string;
  readonly model?: ModelChoice;
  /**
   * How long the conversation of a finished call is kept.
   */
  readonly archiveAfter: string;
}
/**
 * The folder the agent works in. Tools see nothing else of the disk.
 */
export interface AgentWorkspace {
  /**
   * Its place below the runtime's workspaces. Absent: the agent's name. Agents that name the same folder share it.
   */
  readonly folder?: string;
  /**
   * Files that are put there when the agent starts; changed ones are left alone. A list keyed by `path`.
   */
  readonly files?: readonly AgentWorkspaceFile[];
}
/**
 * One file of the workspace.
 */
export interface AgentWorkspaceFile {
  /**
   * Where it is put, relative to the folder.
   */
  readonly path: string;
  readonly content: FileText;
}
/**
 * What counts as one conversation, and how long it lasts.
 */
export interface AgentSessions {
  /**
   * Direct messages share one conversation, or have one for each person, for each person and channel, or for each person, channel and account.
   */
  readonly scope: "main" | "peer" | "channel-peer" | "account-channel-peer";
  readonly reset?: AgentSessionReset;
  /**
   * Messages that begin a new conversation.
   *
   * Items: What is typed.
   */
  readonly resetCommands?: readonly string[];
  /**
   * How many messages a conversation keeps.
   */
  readonly maxMessages?: number;
  /**
   * How long a conversation is kept after its last message. Absent: until it is removed.
   */
  readonly retention?: string;
  /**
   * How many conversations are kept; the oldest go first.
   */
  readonly maxSessions?: number;
}
/**
 * When a new conversation begins by itself.
 */
export interface AgentSessionReset {
  /**
   * Every day at an hour, after a pause, or never.
   */
  readonly mode: "daily" | "idle" | "never";
  /**
   * The hour of the day, in the agent's time zone, with `daily`.
   */
  readonly hour: number;
  /**
   * The pause; with `daily`, whichever comes first.
   */
  readonly idle?: string;
}
/**
 * What happens when a conversation no longer fits into the model.
 */
export interface AgentCompaction {
  /**
   * Summarise the older part, the same but keep checking that nothing is lost, or stop.
   */
  readonly mode: "default" | "safeguard" | "off";
  /**
   * How many tokens stay free for the answer.
   */
  readonly reserveTokens?: number;
  readonly memoryFlush?: AgentMemoryFlush;
}
/**
 * A last turn before compaction, in which the agent can write down what matters.
 */
export interface AgentMemoryFlush {
  /**
   * Whether there is one.
   */
  readonly enabled: boolean;
  /**
   * How many tokens before the limit it happens.
   */
  readonly softThresholdTokens?: number;
  readonly prompt?: FileText;
  readonly systemPrompt?: FileText;
}
/**
 * Leaving out old tool results to save tokens.
 */
export interface AgentContextPruning {
  /**
   * Never, or when the provider's cache has expired anyway.
   */
  readonly mode: "off" | "cache-ttl";
  /**
   * How long the cache lives.
   */
  readonly ttl?: string;
  /**
   * So many of the last answers keep their tool results.
   */
  readonly keepLastAnswers?: number;
  /**
   * From this share of the context on, long results are shortened.
   */
  readonly softTrimRatio?: number;
  /**
   * From this share of the context on, they are left out.
   */
  readonly hardClearRatio?: number;
  /**
   * Shorter results are left alone.
   */
  readonly minToolChars?: number;
}
/**
 * How the agent behaves among several people.
 */
export interface AgentGroupChat {
  /**
   * Words that count as a mention of this agent; compared as whole words, without case.
   *
   * Items: A word.
   */
  readonly mentions?: readonly string[];
  /**
   * How many earlier messages of the group it sees.
   */
  readonly historyLimit?: number;
}
/**
 * What the agent remembers between sessions. Absent: nothing. Reading and writing also need the capabilities `memory.read`, `memory.search` and `memory.write`.
 */
export interface AgentMemory {
  /**
   * Whose memory it is: one for each person who talks to the agent, or one for the agent.
   */
  readonly scope: "peer" | "agent";
  /**
   * How much it may hold.
   */
  readonly maxBytes: string;
  /**
   * How long an entry is kept. Absent: until it is removed.
   */
  readonly retention?: string;
  readonly search?: AgentMemorySearch;
  /**
   * Folders with notes that are part of the memory, read only. A list keyed by `name`.
   */
  readonly sources?: readonly AgentMemorySource[];
}
/**
 * How memory is searched. Words are always found; meaning needs a model.
 */
export interface AgentMemorySearch {
  /**
   * Offer search.
   */
  readonly enabled: boolean;
  /**
   * The name of the ModelProvider that turns text into vectors. Absent: search by words only.
   */
  readonly provider?: string;
  /**
   * The model's name.
   */
  readonly model?: string;
  /**
   * What is searched.
   *
   * Items: A part.
   */
  readonly include: readonly ("memory" | "sessions")[];
  /**
   * How many entries one search gives.
   */
  readonly maxResults: number;
  /**
   * How much text one search gives.
   */
  readonly maxChars?: number;
  /**
   * Search by words and by meaning and join the results.
   */
  readonly hybrid: boolean;
}
/**
 * A folder with notes.
 */
export interface AgentMemorySource {
  /**
   * A name for it.
   */
  readonly name: string;
  /**
   * The folder, relative to the agent's workspace.
   */
  readonly path: string;
  /**
   * Which files; `*` stands for a part of a name, `**` for any folders.
   */
  readonly pattern: string;
}
/**
 * Where and within which bounds the agent's tools run. There is no way to run them outside.
 */
export interface AgentSandbox {
  /**
   * How many sessions share one sandbox.
   */
  readonly scope: "session" | "agent";
  /**
   * What tools may do with the agent's workspace folder.
   */
  readonly workspaceAccess: "none" | "read" | "write";
  /**
   * The most memory one command may use.
   */
  readonly memory: string;
  /**
   * How long one command may run.
   */
  readonly timeout: string;
  /**
   * How many processes may run at once.
   */
  readonly processes: number;
  /**
   * The most its workspace may hold.
   */
  readonly diskBytes: string;
  /**
   * How many processors one command may use.
   */
  readonly cpus: number;
}
/**
 * Upper bounds on what the agent may spend. Past one it answers that it must stop.
 */
export interface AgentBudgets {
  /**
   * Tokens in and out, in one day (UTC).
   */
  readonly tokensPerDay?: number;
  /**
   * Cost in one day (UTC), in the currency of the provider's prices.
   */
  readonly costPerDay?: number;
  /**
   * Cost of one message, in the currency of the provider's prices.
   */
  readonly costPerMessage?: number;
  /**
   * Tokens in and out, in one conversation.
   */
  readonly tokensPerSession?: number;
  /**
   * How many times the model is asked for one message, tool results included.
   */
  readonly stepsPerMessage?: number;
  /**
   * How many tools are called in one conversation.
   */
  readonly toolCallsPerSession?: number;
  /**
   * How often the same tool is called with the same arguments in a row.
   */
  readonly repeatedToolCalls?: number;
  /**
   * How many sessions may run at once.
   */
  readonly concurrentSessions?: number;
  /**
   * How long one message may take, tools included.
   */
  readonly timePerMessage?: string;
}
/**
 * What is recorded to find mistakes. Secrets are never recorded.
 */
export interface AgentDebug {
  /**
   * What the log holds of each message: nothing, sizes and times, or the text too.
   */
  readonly log: "off" | "metadata" | "content";
  /**
   * Show the model's thinking to the person who asked.
   */
  readonly showThinking: boolean;
  /**
   * Show tool calls and their results to the person who asked.
   */
  readonly showToolCalls: boolean;
}
/**
 * A way to reach agents: a messaging platform, a web page or a webhook. It answers nobody until `access` says so.
 */
export interface Channel {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Channel";
  readonly metadata: Metadata;
  readonly spec: ChannelSpec;
}
/**
 * The platform, and who reaches which agent.
 */
export interface ChannelSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * The platform. `plugin`: one that a Plugin brings.
   */
  type:
    | "web"
    | "webhook"
    | "telegram"
    | "discord"
    | "slack"
    | "whatsapp"
    | "signal"
    | "imessage"
    | "matrix"
    | "mattermost"
    | "irc"
    | "email"
    | "plugin";
  /**
   * The name of the Plugin that brings the platform, with type `plugin`.
   */
  readonly plugin?: string;
  /**
   * Connect. What is not enabled is kept, but answers nobody.
   */
  readonly enabled: boolean;
  readonly connection?: ChannelConnection;
  readonly credentials?: ChannelCredentials;
  /**
   * Several accounts on one platform. A list keyed by `name`. Absent: one account, with the credentials above.
   */
  readonly accounts?: readonly ChannelAccount[];
  /**
   * Which agent answers: the first entry that matches. A message that matches none is answered by nobody.
   */
  readonly routing?: readonly ChannelRoute[];
  readonly access: ChannelAccess;
  readonly rateLimits: ChannelRateLimits;
  /**
   * The most sensitive data that may be sent here, for policies.
   */
  readonly dataClass?: "public" | "internal" | "confidential" | "restricted" | "local-only";
  readonly delivery?: ChannelDelivery;
  readonly commands?: ChannelCommands;
  readonly history?: ChannelHistory;
  /**
   * What agents may do on the platform beside sending, such as `reactions` or `polls`: each needs to be switched on here and a grant of `message.send`.
   */
  readonly actions?: {
    /**
     * Whether it may be done.
     */
    readonly [k: string]: boolean;
  };
}
/**
 * Where and how the platform is reached. Nothing here is secret; which fields count depends on the type.
 */
export interface ChannelConnection {
  /**
   * How messages arrive. Absent: the way the adapter prefers.
   */
  readonly mode?: "socket" | "webhook" | "polling";
  /**
   * The base address of the server, for platforms that people host themselves.
   */
  readonly endpoint?: string;
  readonly server?: ChannelServer;
  readonly outgoing?: ChannelServer;
  readonly webhook?: ChannelWebhook;
  /**
   * A proxy for outgoing connections.
   */
  readonly proxy?: string;
  /**
   * The id of the app or bot account on the platform.
   */
  readonly appId?: string;
  /**
   * The tenant or organisation on the platform.
   */
  readonly tenantId?: string;
  /**
   * The bot's own id, such as `@bot:acme.example`.
   */
  readonly userId?: string;
  /**
   * The number of the account, in international form.
   */
  readonly phoneNumber?: string;
  /**
   * The bot's email address.
   */
  readonly address?: string;
  /**
   * The bot's name on IRC.
   */
  readonly nick?: string;
  /**
   * Rooms or channels to join.
   *
   * Items: A room.
   */
  readonly rooms?: readonly string[];
}
/**
 * A host and how to connect to it.
 */
export interface ChannelServer {
  /**
   * The host name or address.
   */
  readonly host: string;
  /**
   * The port. Absent: the usual one.
   */
  readonly port?: number;
  /**
   * Connect with TLS.
   */
  readonly tls: boolean;
}
/**
 * How the platform calls us.
 */
export interface ChannelWebhook {
  /**
   * The path on our gateway.
   */
  readonly path?: string;
  /**
   * The public address that is registered with the platform.
   */
  readonly url?: string;
  /**
   * The largest request that is read.
   */
  readonly maxBytes: string;
}
/**
 * What proves who we are, by reference. Which fields count depends on the type.
 */
export interface ChannelCredentials {
  readonly token?: SecretRef;
  readonly appToken?: SecretRef;
  readonly userToken?: SecretRef;
  readonly signingSecret?: SecretRef;
  readonly webhookSecret?: SecretRef;
  readonly verifyToken?: SecretRef;
  readonly appSecret?: SecretRef;
  readonly password?: SecretRef;
}
/**
 * Names one value of a Secret: `{secret: NAME, key: KEY}`. Plain text may not stand here.
 */
export interface SecretRef {
  /**
   * The name of the Secret.
   */
  readonly secret: string;
  /**
   * Which of its values.
   */
  readonly key: string;
}
/**
 * One account on the platform.
 */
export interface ChannelAccount {
  /**
   * A name for this account; what routing and workflows call it.
   */
  readonly name: string;
  /**
   * The name people see.
   */
  readonly displayName?: string;
  /**
   * Connect this account.
   */
  readonly enabled: boolean;
  readonly credentials?: ChannelCredentials;
  readonly connection?: ChannelConnection;
  readonly access?: ChannelAccess;
}
/**
 * Who may talk to agents through this channel. Absent: nobody. People are known by immutable ids, never by names.
 */
export interface ChannelAccess {
  /**
   * Direct messages: nobody, people who were paired by an operator, those in `allow`, or everybody.
   */
  readonly direct: "off" | "pairing" | "allowlist" | "open";
  /**
   * Ids of people who may write directly.
   *
   * Items: The immutable id of a person on the platform. Wildcards are refused; say `open` instead.
   */
  readonly allow?: readonly string[];
  readonly groups?: ChannelGroups;
  /**
   * Messages of other bots: ignored, heard when they mention us, or heard.
   */
  readonly bots: "ignore" | "mentions" | "allow";
  /**
   * Ids of people who may use operator commands.
   *
   * Items: The immutable id of a person on the platform. Wildcards are refused; say `open` instead.
   */
  readonly owners?: readonly string[];
  readonly pairing?: ChannelPairing;
}
/**
 * Groups, rooms and channels with several people. Absent: silence.
 */
export interface ChannelGroups {
  /**
   * Silence, the rooms and people listed here, or every room.
   */
  readonly policy: "off" | "allowlist" | "open";
  /**
   * Answer only when mentioned.
   */
  readonly requireMention: boolean;
  /**
   * Words that count as a mention beside the platform's own; compared as whole words, without case.
   *
   * Items: A word.
   */
  readonly mentions?: readonly string[];
  /**
   * Ids of people who may write in rooms. Absent: everybody in an allowed room.
   *
   * Items: The immutable id of a person on the platform. Wildcards are refused; say `open` instead.
   */
  readonly allow?: readonly string[];
  /**
   * Single rooms. A list keyed by `id`.
   */
  readonly rooms?: readonly ChannelRoom[];
}
/**
 * One group, room or channel of the platform.
 */
export interface ChannelRoom {
  /**
   * Its immutable id on the platform.
   */
  readonly id: string;
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Listen in this room.
   */
  readonly enabled: boolean;
  /**
   * Answer only when mentioned. Absent: as the groups' `requireMention`.
   */
  readonly requireMention?: boolean;
  /**
   * Ids of people who may write here. Absent: as the groups' `allow`.
   *
   * Items: The immutable id of a person on the platform. Wildcards are refused; say `open` instead.
   */
  readonly allow?: readonly string[];
  /**
   * Messages of other bots. Absent: as the channel's `bots`.
   */
  readonly bots?: "ignore" | "mentions" | "allow";
  readonly prompt?: FileText;
  /**
   * Skills the agent gets in this room.
   *
   * Items: The name of a Skill.
   */
  readonly skills?: readonly string[];
  /**
   * Topics or threads of the room. A list keyed by `id`.
   */
  readonly topics?: readonly ChannelTopic[];
}
/**
 * One topic or thread of a room.
 */
export interface ChannelTopic {
  /**
   * Its id on the platform.
   */
  readonly id: string;
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Listen in this topic.
   */
  readonly enabled: boolean;
  /**
   * Answer only when mentioned. Absent: as the room.
   */
  readonly requireMention?: boolean;
  readonly prompt?: FileText;
}
/**
 * How strangers become known.
 */
export interface ChannelPairing {
  /**
   * How long a code is good.
   */
  readonly expiresAfter: string;
  /**
   * How many requests may wait at once.
   */
  readonly maxPending: number;
}
/**
 * Messages that match go to the agent.
 */
export interface ChannelRoute {
  readonly match: ChannelMatch;
  /**
   * The name of the Agent that answers.
   */
  readonly agent: string;
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
}
/**
 * What a message must be; fields that are absent do not matter. Empty: every message.
 */
export interface ChannelMatch {
  /**
   * The account it came in on.
   */
  readonly account?: string;
  readonly peer?: ChannelPeer;
  /**
   * The thread or topic.
   */
  readonly thread?: string;
  /**
   * The server, guild or workspace.
   */
  readonly guild?: string;
  /**
   * The team or organisation.
   */
  readonly team?: string;
  /**
   * The sender has one of these roles on the platform.
   *
   * Items: The id of a role.
   */
  readonly roles?: readonly string[];
}
/**
 * Who or where, on the platform.
 */
export interface ChannelPeer {
  /**
   * A person, a group or a channel.
   */
  readonly kind: "direct" | "group" | "channel";
  /**
   * The immutable id. Absent: any of the kind.
   */
  readonly id?: string;
}
/**
 * Upper bounds on what comes in. Past one, messages are refused and counted.
 */
export interface ChannelRateLimits {
  /**
   * Messages of one person.
   */
  readonly perSender: string;
  /**
   * Messages of the whole channel.
   */
  readonly total: string;
  /**
   * The longest text.
   */
  readonly maxMessageBytes: string;
  /**
   * The largest file. Absent: files are not read.
   */
  readonly maxMediaBytes?: string;
  /**
   * How many messages are worked on at once.
   */
  readonly concurrency?: number;
}
/**
 * How answers look.
 */
export interface ChannelDelivery {
  /**
   * Whether an answer appears while it is made: at the end, growing in place, in blocks, or as a progress line. Absent: as the adapter prefers.
   */
  readonly streaming?: "off" | "partial" | "block" | "progress";
  /**
   * The markup of answers. Absent: as the adapter prefers.
   */
  readonly format?: "plain" | "markdown" | "html";
  /**
   * Longer answers are split.
   */
  readonly chunkChars?: number;
  /**
   * Whether answers quote the message: never, the first one, or each.
   */
  readonly replyTo?: "off" | "first" | "all";
  /**
   * Answer in a thread of its own.
   */
  readonly threads?: boolean;
  /**
   * Show that the agent is writing.
   */
  readonly typing?: boolean;
  /**
   * Tell people that their message was read.
   */
  readonly readReceipts?: boolean;
  /**
   * Wait so long for more messages of the same person before answering.
   */
  readonly debounce?: string;
  readonly acknowledge?: ChannelAcknowledge;
  /**
   * How freely the agent reacts with signs.
   */
  readonly reactions?: "off" | "minimal" | "extensive";
  /**
   * Let the platform show previews of links. Previews can carry data to other servers.
   */
  readonly linkPreviews: boolean;
  /**
   * Hosts that answers may link to and show pictures of, beside those the agent may fetch from. Links and pictures of any other host are taken out, because an address can carry what was said to whoever answers there.
   *
   * Items: A host, or with `*.` in front every host one label below it, with `**.` every host below it.
   */
  readonly linkHosts?: readonly string[];
  /**
   * The largest file that is sent.
   */
  readonly maxMediaBytes?: string;
}
/**
 * A sign put on a message that is being worked on.
 */
export interface ChannelAcknowledge {
  /**
   * The sign.
   */
  readonly emoji?: string;
  /**
   * On which messages: none, direct ones, mentions in groups, all in groups, or all.
   */
  readonly scope: "off" | "direct" | "mentions" | "groups" | "all";
  /**
   * Take it away once answered.
   */
  readonly removeAfter: boolean;
}
/**
 * Commands that people can type.
 */
export interface ChannelCommands {
  /**
   * Whether the platform's own command menu is used.
   */
  readonly native: "auto" | "on" | "off";
  /**
   * Whether skills appear as commands.
   */
  readonly skills: "auto" | "on" | "off";
  /**
   * Owners may restart sessions by command.
   */
  readonly restart: boolean;
  /**
   * Commands of your own. A list keyed by `name`.
   */
  readonly custom?: readonly ChannelCommand[];
}
/**
 * One command; its text goes to the agent as a message.
 */
export interface ChannelCommand {
  /**
   * What is typed, without the slash.
   */
  readonly name: string;
  /**
   * What the menu says.
   */
  readonly description: string;
  /**
   * What the agent is told. Absent: the command itself.
   */
  readonly prompt?: string;
}
/**
 * How many earlier messages of the platform the agent sees when a session begins.
 */
export interface ChannelHistory {
  /**
   * In direct messages.
   */
  readonly direct?: number;
  /**
   * In rooms.
   */
  readonly groups?: number;
  /**
   * In threads.
   */
  readonly threads?: number;
}
/**
 * A server of the Model Context Protocol: tools, resources and prompts from another program. Nothing of it can be used that is not allowed here and granted to an agent.
 */
export interface McpServer {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "McpServer";
  readonly metadata: Metadata;
  readonly spec: McpServerSpec;
}
/**
 * How the server is reached and what of it may be used.
 */
export interface McpServerSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Connect when an agent needs it.
   */
  readonly enabled: boolean;
  readonly transport: McpTransport;
  readonly auth?: McpAuth;
  readonly tools?: McpTools;
  readonly resources?: McpResources;
  readonly prompts?: McpPrompts;
  readonly limits: McpLimits;
  readonly sandbox: McpSandbox;
  readonly health: McpHealth;
  readonly lock?: McpLock;
}
/**
 * How the server is reached; exactly one of the fields.
 */
export interface McpTransport {
  readonly stdio?: McpStdio;
  readonly http?: McpHttp;
  readonly sse?: McpSse;
  readonly websocket?: McpWebSocket;
}
/**
 * A program that is started here and spoken to over its standard input and output. Never through a shell.
 */
export interface McpStdio {
  /**
   * The program: a name that is looked up, or a path.
   */
  readonly command: string;
  /**
   * Its arguments, one by one. They are visible to other processes: no secrets.
   *
   * Items: An argument.
   */
  readonly args?: readonly string[];
  /**
   * Its environment; nothing else is handed on but `PATH` and `HOME`. Credentials by reference to a Secret.
   */
  readonly env?: {
    readonly [k: string]: TextOrSecret;
  };
  /**
   * The folder it starts in, relative to the runtime's folder for this server.
   */
  readonly folder?: string;
}
/**
 * A server reached over HTTP (streamable HTTP).
 */
export interface McpHttp {
  /**
   * The address of the server.
   */
  readonly url: string;
  readonly headers?: Headers;
}
/**
 * HTTP headers to send with every request. Names are lower-case; those that carry credentials take a secret reference only.
 */
export interface Headers {
  readonly authorization?: SecretRef;
  readonly "proxy-authorization"?: SecretRef;
  readonly cookie?: SecretRef;
  readonly "api-key"?: SecretRef;
  readonly "x-api-key"?: SecretRef;
  readonly "x-goog-api-key"?: SecretRef;
  readonly "x-auth-token"?: SecretRef;
  readonly [k: string]: TextOrSecret | SecretRef | undefined;
}
/**
 * A server reached over HTTP with server-sent events, the older way.
 */
export interface McpSse {
  /**
   * The address of the event stream.
   */
  readonly url: string;
  readonly headers?: Headers;
}
/**
 * A server reached over a WebSocket.
 */
export interface McpWebSocket {
  /**
   * The address of the server.
   */
  readonly url: string;
  readonly headers?: Headers;
}
/**
 * How we prove who we are; exactly one of the fields. For `stdio`, credentials go into `env`.
 */
export interface McpAuth {
  readonly bearer?: McpBearer;
  readonly oauth?: McpOAuth;
}
/**
 * A token in the `authorization` header.
 */
export interface McpBearer {
  readonly token: SecretRef;
}
/**
 * OAuth 2 with client credentials.
 */
export interface McpOAuth {
  /**
   * The authorization server.
   */
  readonly issuer: string;
  /**
   * The client.
   */
  readonly clientId: string;
  readonly clientSecret: SecretRef;
  /**
   * What is asked for.
   *
   * Items: A scope.
   */
  readonly scopes?: readonly string[];
}
/**
 * Which tools exist for agents. Each agent still needs a grant.
 */
export interface McpTools {
  /**
   * The tools that may be granted. Absent or empty: none.
   *
   * Items: The name of a tool; a final `*` stands for the rest.
   */
  readonly allow?: readonly string[];
  /**
   * Tools that are left out even where `allow` names them.
   *
   * Items: The name of a tool; a final `*` stands for the rest.
   */
  readonly deny?: readonly string[];
}
/**
 * Which of its resources agents may read.
 */
export interface McpResources {
  /**
   * Addresses; a final `**` stands for the rest. Absent or empty: none.
   *
   * Items: An address.
   */
  readonly allow?: readonly string[];
}
/**
 * Which of its prompts may be used.
 */
export interface McpPrompts {
  /**
   * Names; a final `*` stands for the rest. Absent or empty: none.
   *
   * Items: A name.
   */
  readonly allow?: readonly string[];
}
/**
 * Upper bounds. Past one the call fails, not the gateway.
 */
export interface McpLimits {
  /**
   * How many calls.
   */
  readonly rate: string;
  /**
   * How many calls at once.
   */
  readonly concurrency: number;
  /**
   * The most bytes one call may send.
   */
  readonly maxRequestBytes: string;
  /**
   * The most bytes one call may receive.
   */
  readonly maxResponseBytes: string;
  /**
   * How long connecting may take.
   */
  readonly connectTimeout: string;
  /**
   * How long one call may take.
   */
  readonly timeout: string;
}
/**
 * What a program started by `stdio` may do. There is no way to run it outside.
 */
export interface McpSandbox {
  /**
   * Hosts it may connect to, as in grants of `http.fetch`. Absent or empty: none.
   *
   * Items: A pattern.
   */
  readonly network?: readonly string[];
  /**
   * Folders or files on the host it may read.
   *
   * Items: A path on the host that runs it: `~/...`, or relative to the runtime's folder for this server.
   */
  readonly read?: readonly string[];
  /**
   * Folders or files on the host it may change.
   *
   * Items: A path on the host that runs it: `~/...`, or relative to the runtime's folder for this server.
   */
  readonly write?: readonly string[];
  /**
   * The most memory it may use.
   */
  readonly memory: string;
  /**
   * How many processes it may have.
   */
  readonly processes: number;
}
/**
 * How it is seen to be alive.
 */
export interface McpHealth {
  /**
   * How often it is asked.
   */
  readonly every: string;
  /**
   * How long an answer may take.
   */
  readonly timeout: string;
  /**
   * After so many failures in a row it is unhealthy and not asked by agents.
   */
  readonly failures: number;
}
/**
 * What its tools looked like when they were reviewed. A tool that differs is off until the new digest is committed.
 */
export interface McpLock {
  /**
   * One entry for each tool. A list keyed by `name`.
   */
  readonly tools?: readonly McpLockedTool[];
}
/**
 * A tool as it was reviewed.
 */
export interface McpLockedTool {
  /**
   * The name.
   */
  readonly name: string;
  /**
   * Over name, description and schemas.
   */
  readonly digest: string;
}
/**
 * Where models are asked: a service in the cloud, a server on this machine, or the built-in `echo`.
 */
export interface ModelProvider {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "ModelProvider";
  readonly metadata: Metadata;
  readonly spec: ModelProviderSpec;
}
/**
 * How the provider is reached.
 */
export interface ModelProviderSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Which protocol it speaks. `echo` is built in: it repeats what it was told and needs no network.
   */
  readonly type: "anthropic" | "openai-compatible" | "ollama" | "llama-cpp" | "echo";
  /**
   * The base address. Absent: the one the provider publishes (`anthropic`), or its usual local address (`ollama`, `llama-cpp`; a `llama-cpp` model with a `path` is answered from its file instead); `openai-compatible` needs one, `echo` has none.
   */
  readonly endpoint?: string;
  /**
   * Which of the protocol's forms it speaks. Absent: the usual one of the type.
   */
  readonly api?: "chat-completions" | "responses" | "messages" | "generate";
  readonly headers?: Headers;
  readonly credentials?: SecretRef;
  /**
   * What the credentials are: a key, a token that was issued for a person, an account that is logged in to, or none needed. Absent: a key where there are credentials.
   */
  readonly auth?: "api-key" | "token" | "oauth" | "none";
  readonly oauth?: ModelProviderOauth;
  /**
   * How long one answer may take, unless the agent says otherwise.
   */
  readonly timeout: string;
  readonly limits?: ModelProviderLimits;
  readonly retries?: Retries;
  /**
   * What is known of its models. A list keyed by `name`. Models that are not listed can be used too.
   */
  readonly models?: readonly ProviderModel[];
  /**
   * Conversations stay on this machine or in this network. A claim for policies; the endpoint decides where they go.
   */
  readonly local: boolean;
  /**
   * The most sensitive data that may be sent to it, for policies.
   */
  readonly dataClass?: "public" | "internal" | "confidential" | "restricted" | "local-only";
}
/**
 * The account that is logged in to, with `auth: oauth`: `moltbot gateway credentials login NAME` does it, and the runtime keeps the login.
 */
export interface ModelProviderOauth {
  /**
   * Who issues tokens: its metadata says where.
   */
  readonly issuer: string;
  /**
   * What the issuer knows this gateway as; a public client, protected by PKCE.
   */
  readonly clientId: string;
  /**
   * What is asked for. Many issuers give a refresh token only for `offline_access`.
   *
   * Items: A scope.
   */
  readonly scopes: readonly string[];
}
/**
 * Upper bounds on what is asked of it.
 */
export interface ModelProviderLimits {
  /**
   * How many requests may run at once.
   */
  readonly concurrency?: number;
  /**
   * How many requests, at most.
   */
  readonly rate?: string;
  /**
   * How many tokens in and out in a minute.
   */
  readonly tokensPerMinute?: number;
  /**
   * The most bytes one answer may have; past it the request fails.
   */
  readonly maxResponseBytes: string;
}
/**
 * What to do when a request fails in a way that may pass: growing, jittered delays within the timeout.
 */
export interface Retries {
  /**
   * How often to try again.
   */
  readonly attempts: number;
  /**
   * The first delay; each next one is twice as long.
   */
  readonly backoff: string;
}
/**
 * What is known of one model.
 */
export interface ProviderModel {
  /**
   * The model's name as the provider knows it.
   */
  readonly name: string;
  /**
   * The name people see.
   */
  readonly displayName?: string;
  /**
   * A short name for people to choose it by.
   */
  readonly alias?: string;
  /**
   * How many tokens a conversation may have.
   */
  readonly contextWindow?: number;
  /**
   * How many tokens an answer may have.
   */
  readonly maxOutputTokens?: number;
  /**
   * What it takes.
   *
   * Items: A form of input.
   */
  readonly input?: readonly ("text" | "image" | "audio" | "video" | "document")[];
  /**
   * It can think before it answers.
   */
  readonly thinking?: boolean;
  /**
   * As the provider's `api`, for this model.
   */
  readonly api?: "chat-completions" | "responses" | "messages" | "generate";
  readonly parameters?: ModelParameters;
  /**
   * The digest of the model's files. A local provider that reports another one is not asked.
   */
  readonly digest?: string;
  readonly prices?: Prices;
  /**
   * For `llama-cpp` without an `endpoint`: the file that answers in process, below the folder `models` of the state folder.
   */
  readonly path?: string;
}
/**
 * How this model is asked, where the agent does not say.
 */
export interface ModelParameters {
  /**
   * As in the agent's `model`.
   */
  readonly temperature?: number;
  /**
   * As in the agent's `model`.
   */
  readonly topP?: number;
  /**
   * As in the agent's `model`.
   */
  readonly maxTokens?: number;
  /**
   * As in the agent's `model`.
   */
  readonly thinking?: "off" | "minimal" | "low" | "medium" | "high";
  /**
   * How strongly words that were used are avoided.
   */
  readonly presencePenalty?: number;
  /**
   * How strongly words that were used often are avoided.
   */
  readonly frequencyPenalty?: number;
}
/**
 * What a million tokens cost; what budgets count with.
 */
export interface Prices {
  /**
   * The currency (ISO 4217).
   */
  readonly currency: string;
  /**
   * A million tokens in.
   */
  readonly input?: number;
  /**
   * A million tokens out.
   */
  readonly output?: number;
  /**
   * A million tokens read from the provider's cache.
   */
  readonly cacheRead?: number;
  /**
   * A million tokens written to the provider's cache.
   */
  readonly cacheWrite?: number;
}
/**
 * Settings that only one type of target understands. Declaring a leaf is its grant, and policy decides on each.
 */
export interface Passthrough {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Passthrough";
  readonly metadata: Metadata;
  readonly spec: PassthroughSpec;
}
/**
 * The settings, leaf by leaf.
 */
export interface PassthroughSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * The type of target that understands them; others ignore them.
   */
  readonly target: "openclaw" | "gateway" | "embedded";
  /**
   * The settings. Each is a capability `passthrough:<target> set <pointer>`. A list keyed by `pointer`.
   */
  readonly leaves: readonly PassthroughLeaf[];
}
/**
 * One setting: a pointer, and its value or the secret that holds it.
 */
export interface PassthroughLeaf {
  /**
   * A JSON Pointer into the target's own configuration.
   */
  readonly pointer: string;
  /**
   * Any JSON value; never a credential.
   */
  readonly value?: Json;
  readonly secret?: SecretRef;
}
/**
 * Code from others that brings tools, channels or providers. It runs in a sandbox, only if its archive has the digest and the signer declared here.
 */
export interface Plugin {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Plugin";
  readonly metadata: Metadata;
  readonly spec: PluginSpec;
}
/**
 * Which archive, signed by whom, doing what.
 */
export interface PluginSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Load it.
   */
  readonly enabled: boolean;
  /**
   * The version, for people; the digest decides.
   */
  readonly version?: string;
  readonly bundle: PluginBundle;
  readonly signer: PluginSigner;
  readonly requireProvenance?: RequiredProvenance;
  readonly provides?: PluginProvides;
  /**
   * The tools it brings. A list keyed by `name`.
   */
  readonly tools?: readonly PluginTool[];
  /**
   * What it needs. What is not listed it cannot do, and what is listed still needs policy.
   */
  readonly capabilities?: readonly PluginNeed[];
  /**
   * Its own settings, by name. Nothing secret.
   */
  readonly config?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * Secrets it is handed, by name.
   */
  readonly secrets?: {
    readonly [k: string]: SecretRef;
  };
  /**
   * Secrets that it is not handed: the host puts them into its requests by `http.fetch`, once those are allowed. A list keyed by `name`.
   */
  readonly credentials?: readonly PluginCredential[];
  /**
   * What its sandbox runs in: a thread of the gateway, or a process of its own, which costs some 60 MB and a slower first call, and keeps a fault of the engine out of the gateway.
   */
  readonly isolation: "worker" | "process";
  readonly limits: PluginLimits;
}
/**
 * The archive that holds the plugin, by its digest.
 */
export interface PluginBundle {
  /**
   * The sha256 of the archive. Another archive is refused, whatever its signature.
   */
  readonly digest: string;
  /**
   * The archive in the repository. Its bytes are recorded with the resource; at most 16 MiB.
   */
  readonly file: string;
  /**
   * The sigstore bundle in the repository that signs the archive. Without it nothing is installed.
   */
  readonly signature?: string;
  /**
   * The largest archive; never more than 16 MiB.
   */
  readonly maxBytes: string;
  /**
   * A sigstore bundle that holds a signed SLSA provenance of the archive, for `requireProvenance`.
   */
  readonly provenance?: string;
}
/**
 * Who must have signed it: an `identity` or `identityPattern` with its `issuer`, or a `key`. The Project must trust the same signer.
 */
export interface PluginSigner {
  /**
   * The identity in the certificate, compared exactly.
   */
  readonly identity?: string;
  /**
   * A pattern for the identity, anchored at both ends: `^...$`. Letters, `.`, `[...]`, `(a|b)`, `*`, `+`, `?` and escapes; matched in linear time.
   */
  readonly identityPattern?: string;
  /**
   * Who vouches for the identity, compared exactly.
   */
  readonly issuer?: string;
  readonly key?: FileText;
}
/**
 * How the archive must have been built, by a signed SLSA provenance (`bundle.provenance`) of the same signer.
 */
export interface RequiredProvenance {
  /**
   * The builder's id, compared exactly.
   */
  readonly builder: string;
  /**
   * The repository it was built from, compared exactly; a leading `git+` and a trailing `@ref` of the provenance are left out.
   */
  readonly source: string;
}
/**
 * A tool the plugin brings; agents name it `plugin:<plugin>/<tool>`.
 */
export interface PluginTool {
  /**
   * The name.
   */
  readonly name: string;
  /**
   * What it does; the model reads this.
   */
  readonly description?: string;
  /**
   * The actions that grants can name.
   *
   * Items: An action.
   */
  readonly actions: readonly string[];
  /**
   * What the resource of a grant is. Absent: it has none.
   */
  readonly resource?: "url" | "path" | "command" | "name";
  /**
   * The JSON Schema of its arguments.
   */
  readonly input?: {
    /**
     * A part of the JSON Schema.
     */
    readonly [k: string]: Json;
  };
}
/**
 * A capability the plugin needs for its own work.
 */
export interface PluginNeed {
  /**
   * The tool.
   */
  readonly tool: string;
  /**
   * Which actions on which resources.
   */
  readonly permissions: readonly Permission[];
  readonly constraints?: Constraints;
}
/**
 * A secret that the host sends along with requests of the plugin, which never sees it.
 */
export interface PluginCredential {
  /**
   * The name, by which policies, approvals and the audit speak of it: `<plugin>/<name>`.
   */
  readonly name: string;
  readonly value: SecretRef;
  /**
   * The header that carries it. None that says what the request is or that the plugin may set itself, such as `Host` or `Content-Type`; the plugin cannot set this one.
   */
  readonly header: string;
  /**
   * What stands before the value, such as `Bearer ` with its blank.
   */
  readonly prefix?: string;
  /**
   * The requests it goes along with, as URL patterns. The host stands there letter by letter, the scheme is https (http only on this machine), and a need of the plugin for `http.fetch` covers it.
   *
   * Items: A URL pattern.
   */
  readonly resources: readonly string[];
}
/**
 * Bounds of its sandbox.
 */
export interface PluginLimits {
  /**
   * The most memory.
   */
  readonly memory: string;
  /**
   * How long one call may take.
   */
  readonly timeout: string;
  /**
   * How much it may keep.
   */
  readonly storage: string;
}
/**
 * A rule does not hold for something, for a stated reason, until a stated day.
 */
export interface PolicyException {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "PolicyException";
  readonly metadata: Metadata;
  readonly spec: PolicyExceptionSpec;
}
/**
 * Which rule, for what, why, until when.
 */
export interface PolicyExceptionSpec {
  /**
   * The rule, `<policy>.<code>`.
   */
  readonly rule: string;
  /**
   * The name of the Policy, where the rule is not a built-in one.
   */
  readonly policy?: string;
  /**
   * Who answers for it.
   */
  readonly owner: string;
  /**
   * Why it is needed.
   */
  readonly reason: string;
  /**
   * Where it was decided.
   */
  readonly ticket?: string;
  readonly scope: PolicyExceptionScope;
  /**
   * From this instant on it is void.
   */
  readonly expiresAt: string;
}
/**
 * What it holds for; everything that is said must match.
 */
export interface PolicyExceptionScope {
  /**
   * These resources.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly resources: readonly string[];
  /**
   * Only these tools.
   *
   * Items: A tool.
   */
  readonly tools?: readonly string[];
  /**
   * Only in these environments.
   *
   * Items: The name of an environment.
   */
  readonly environments?: readonly string[];
}
/**
 * Rules in Rego that can only take away: they deny, or add obligations to, what grants allow.
 */
export interface Policy {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Policy";
  readonly metadata: Metadata;
  readonly spec: PolicySpec;
}
/**
 * The rules, and how strictly they hold.
 */
export interface PolicySpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  readonly rego: FileText;
  /**
   * What a denial does: denies, is shown, or is only recorded.
   */
  readonly enforcement: "enforce" | "warn" | "audit";
  readonly applies?: PolicyApplies;
  /**
   * Values the rules read as `data.moltbot.settings.<name>`.
   */
  readonly data?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
}
/**
 * What the policy looks at. Absent: everything.
 */
export interface PolicyApplies {
  /**
   * Only these resources.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly resources?: readonly string[];
  /**
   * Only resources with all these labels.
   */
  readonly labels?: {
    /**
     * The label's value.
     */
    readonly [k: string]: string;
  };
  /**
   * Only in these environments.
   *
   * Items: The name of an environment.
   */
  readonly environments?: readonly string[];
}
/**
 * moltbot.yaml: what is read, where it is applied, and what judges a change.
 */
export interface Project {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Project";
  readonly metadata: Metadata;
  readonly spec: ProjectSpec;
}
/**
 * How this repository is reconciled.
 */
export interface ProjectSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Folders that hold manifests, relative to moltbot.yaml. Absent: every folder beside moltbot.yaml. A folder with its own moltbot.yaml is another Project; a Project whose one source is such a folder delegates to it.
   *
   * Items: A folder.
   */
  readonly sources?: readonly string[];
  readonly target: ProjectTarget;
  /**
   * Places with their own target and differences. With environments declared, every command needs `-e NAME`.
   */
  readonly environments?: {
    readonly [k: string]: ProjectEnvironment;
  };
  /**
   * What objects made outside git may do: nothing, live until the next start, or stay.
   */
  readonly unmanaged: "refuse" | "ephemeral" | "keep";
  readonly drift: ProjectDrift;
  /**
   * Resources that have a new name: they are renamed where they live instead of deleted and created.
   */
  readonly moved?: readonly ProjectMove[];
  readonly policies?: ProjectPolicies;
  readonly trust?: ProjectTrust;
  readonly verification: ProjectVerification;
  /**
   * Which plans need the consent of people before they are applied.
   */
  readonly approvals?: readonly ProjectApproval[];
  readonly secrets?: ProjectSecrets;
  /**
   * When applies are allowed. Absent or empty: always. A `deny` window wins over an `allow` window.
   */
  readonly windows?: readonly ProjectWindow[];
  readonly limits: ProjectLimits;
  /**
   * Resources that no plan may delete or replace, nor what they use.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly protection?: readonly string[];
  /**
   * Resources that are not deleted when they are no longer declared, but released: they leave this Project's inventory and stay in the runtime as they are, unmanaged. `moltbot adopt ADDRESS --from unmanaged/unmanaged` takes one back.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly forget?: readonly string[];
}
/**
 * A runtime that resources are applied to.
 */
export interface ProjectTarget {
  /**
   * `embedded`: our own runtime, through its store on this machine. `gateway`: the same over its API. `openclaw`: an existing OpenClaw gateway.
   */
  readonly type: "embedded" | "gateway" | "openclaw";
  /**
   * Where the gateway answers. Needed for `gateway` and `openclaw`.
   */
  readonly url?: string;
  readonly credentials?: SecretRef;
  /**
   * The public half of the runtime's key. With it, a Secret value that this runtime cannot open is an error of the plan.
   */
  readonly recipient?: string;
  /**
   * The folder of the record. Default: `.moltbot` beside moltbot.yaml. Needed for `openclaw`, which cannot hold our record.
   */
  readonly state?: string;
  /**
   * How long a running gateway may take to say that it runs the new generation.
   */
  readonly applyTimeout: string;
  readonly listen?: TargetListen;
}
/**
 * Where our own runtime listens. Absent: on this machine only, on a port of its choice. A gateway that runs takes another address, port, `tls` or `hosts` at its next start.
 */
export interface TargetListen {
  /**
   * The address to listen on. Another than one of this machine (`127.0.0.1`, `::1`) needs `tls`.
   */
  readonly address: string;
  /**
   * The port; 0 lets the system choose. `gateway run --port` comes before it.
   */
  readonly port: number;
  readonly tls?: ListenTls;
  /**
   * Names by which it is reached, beside its address and those that its certificate is for; with a port where that is another than it listens on.
   *
   * Items: A name.
   */
  readonly hosts?: readonly string[];
  /**
   * Web pages that may call it from a browser. Absent: its own only.
   *
   * Items: An origin.
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Addresses or networks of proxies whose forwarding headers count. Absent: none.
   *
   * Items: An address or network.
   */
  readonly trustedProxies?: readonly string[];
  /**
   * Which programming interfaces it offers beside its own.
   *
   * Items: An interface.
   */
  readonly endpoints?: readonly ("openai-chat" | "openai-responses")[];
}
/**
 * TLS 1.3, and nothing below it. Renewed at the next start.
 */
export interface ListenTls {
  readonly certificate: FileText;
  readonly key: SecretRef;
}
/**
 * One environment: its target, and how it differs.
 */
export interface ProjectEnvironment {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  readonly target?: ProjectTarget;
  /**
   * Files or folders of overlays, applied in this order. An overlay is a document with the same kind and name that holds only what differs.
   *
   * Items: A file or folder.
   */
  readonly overlays?: readonly string[];
  /**
   * Only these resources belong to the environment. Absent: all.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly include?: readonly string[];
  /**
   * These resources do not belong to the environment, even where `include` names them.
   *
   * Items: An address, `Kind/name`, where `*` stands for any kind, any name, or the rest of a name.
   */
  readonly exclude?: readonly string[];
}
/**
 * What happens to changes made outside git.
 */
export interface ProjectDrift {
  /**
   * `correct` undoes them, `report` lists them and leaves them, `ignore` does not look.
   */
  readonly mode: "correct" | "report" | "ignore";
}
/**
 * One resource that has a new name.
 */
export interface ProjectMove {
  /**
   * Its address before. The kind stays.
   */
  readonly from: string;
  /**
   * Its address now.
   */
  readonly to: string;
}
/**
 * How strictly rules are enforced, and how far grants may reach at most.
 */
export interface ProjectPolicies {
  /**
   * The level of single rules, by `<policy>.<code>`, or of all rules of a policy, by `<policy>`. What is not listed has the level its policy says.
   */
  readonly rules?: {
    /**
     * `enforce` denies, `warn` shows, `audit` records, `off` is silent.
     */
    readonly [k: string]: "enforce" | "warn" | "audit" | "off";
  };
  readonly network?: ProjectNetwork;
  readonly exceptions?: ProjectExceptions;
}
/**
 * How far network grants may reach, and which hosts are connected to with less than TLS 1.3.
 */
export interface ProjectNetwork {
  /**
   * The hosts that grants of network tools may name, with any scheme and port: `api.example.com`, `*.example.com` (one more label), `**.example.com` (one or more), an IP address as it is, or `**` (any). Absent: this machine only (`localhost`, `127.0.0.1`, `[::1]`).
   *
   * Items: A host, or a pattern of hosts.
   */
  readonly ceiling?: readonly string[];
  /**
   * Hosts that connections of the runtime and of appliers may reach with TLS 1.2. Absent: none; everything else is TLS 1.3 or newer. A list keyed by `host`.
   */
  readonly tlsExceptions?: readonly TlsException[];
}
/**
 * One host that does not speak TLS 1.3.
 */
export interface TlsException {
  /**
   * The host as it stands in addresses, with any port: a name, or an IP address as it is. No wildcards.
   */
  readonly host: string;
  /**
   * The oldest version that is spoken with it.
   */
  readonly minVersion: "TLSv1.2";
  /**
   * Why, and until when, for whoever reviews it.
   */
  readonly reason: string;
}
/**
 * Which PolicyExceptions count. Absent: none; one that is declared all the same is an error of the plan.
 */
export interface ProjectExceptions {
  /**
   * `true`: for any rule that can have one. A list: for these rules, `<policy>.<code>`, and for all rules of these policies, `<policy>`.
   */
  readonly allow: boolean | readonly string[];
  /**
   * An exception may end at most so many days from now. Absent: there is no such bound.
   */
  readonly maxDays?: number;
}
/**
 * Whom the Project believes.
 */
export interface ProjectTrust {
  readonly root?: FileText;
  readonly allowedSigners?: FileText;
  readonly openpgp?: FileText;
  /**
   * Who may sign commits with short-lived certificates, as gitsign does. Needs `root`.
   */
  readonly identities?: readonly TrustedSigner[];
  /**
   * Whose compiled policies count, where `verification.policies` is `attested`. Absent: nobody's.
   */
  readonly policies?: readonly TrustedPolicySigner[];
  /**
   * Whose plugins may run. Absent: nobody's.
   */
  readonly plugins?: readonly TrustedBundleSigner[];
}
/**
 * A signer with a certificate: of bundles, or of commits.
 */
export interface TrustedSigner {
  /**
   * A name for this entry.
   */
  readonly name: string;
  /**
   * The identity in the certificate, compared exactly.
   */
  readonly identity: string;
  /**
   * Who vouches for the identity, compared exactly.
   */
  readonly issuer: string;
}
/**
 * Who may say that policies were compiled from their sources: an `identity` or `identityPattern` with its `issuer`, or a `key`.
 */
export interface TrustedPolicySigner {
  /**
   * A name for this entry.
   */
  readonly name: string;
  /**
   * The identity in the certificate, compared exactly.
   */
  readonly identity?: string;
  /**
   * A pattern for the identity, anchored at both ends: `^...$`. Letters, `.`, `[...]`, `(a|b)`, `*`, `+`, `?` and escapes; matched in linear time.
   */
  readonly identityPattern?: string;
  /**
   * Who vouches for the identity, compared exactly.
   */
  readonly issuer?: string;
  readonly key?: FileText;
}
/**
 * A signer of bundles: an `identity` or `identityPattern` with its `issuer`, or a `key`.
 */
export interface TrustedBundleSigner {
  /**
   * A name for this entry.
   */
  readonly name: string;
  /**
   * The identity in the certificate, compared exactly.
   */
  readonly identity?: string;
  /**
   * A pattern for the identity, anchored at both ends: `^...$`. Letters, `.`, `[...]`, `(a|b)`, `*`, `+`, `?` and escapes; matched in linear time.
   */
  readonly identityPattern?: string;
  /**
   * Who vouches for the identity, compared exactly.
   */
  readonly issuer?: string;
  readonly key?: FileText;
  readonly requireProvenance?: RequiredProvenance;
}
/**
 * What is verified before anything is applied.
 */
export interface ProjectVerification {
  /**
   * Whether commits must be signed by an allowed signer: not looked at, told, or refused.
   */
  readonly commits: "off" | "warn" | "require";
  /**
   * How the compiled policies are checked: built again and compared; attested by somebody whom `trust.policies` lists; or equal to policies.lock.json.
   */
  readonly policies: "rebuild" | "attested" | "locked";
}
/**
 * One rule: when, how many, who.
 */
export interface ProjectApproval {
  /**
   * Which plans: those that let an agent do more, those that delete or replace, those that weaken what judges changes, or any that changes something.
   */
  readonly when: "widening" | "delete" | "trust-weakened" | "always";
  /**
   * How many people must approve. The author of a commit never counts.
   */
  readonly count: number;
  /**
   * Teams whose people may approve.
   *
   * Items: The name of a Team.
   */
  readonly people: readonly string[];
}
/**
 * To whom Secrets are encrypted.
 */
export interface ProjectSecrets {
  /**
   * The first rule whose path matches decides.
   */
  readonly rules?: readonly ProjectSecretRule[];
}
/**
 * The recipients of some Secrets.
 */
export interface ProjectSecretRule {
  /**
   * Which values: `<Secret's name>#<key>`, or the name alone for all its values. `*` stands for any text.
   */
  readonly path: string;
  /**
   * Who can open them.
   *
   * Items: The public half of an age key pair: `age1...` or, post-quantum, `age1pq1...`. Recipients that would run a plugin are refused.
   */
  readonly recipients: readonly string[];
}
/**
 * A span of the week.
 */
export interface ProjectWindow {
  /**
   * A name for this window.
   */
  readonly name: string;
  /**
   * Whether applies are allowed or denied in it.
   */
  readonly mode: "allow" | "deny";
  /**
   * Days of the week. Absent: every day.
   *
   * Items: A day.
   */
  readonly days?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  /**
   * When it begins. Quote it.
   */
  readonly from: string;
  /**
   * When it ends; `24:00` is the end of the day. Before `from`: on the next day. Quote it.
   */
  readonly to: string;
  /**
   * The time zone of `from` and `to` (IANA name).
   */
  readonly timezone: string;
}
/**
 * Upper bounds for this Project.
 */
export interface ProjectLimits {
  /**
   * The most manifest files that are read.
   */
  readonly files: number;
  readonly deletes: ProjectDeleteBudget;
}
/**
 * How many resources one plan may delete or replace without an explicit confirmation. A plan past both numbers is refused.
 */
export interface ProjectDeleteBudget {
  /**
   * The share of the owner's resources, in percent.
   */
  readonly percent: number;
  /**
   * So many are always allowed.
   */
  readonly count: number;
}
/**
 * Values that only the runtime opens. In the repository they are age envelopes, or only the place where the runtime finds them.
 */
export interface Secret {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Secret";
  readonly metadata: Metadata;
  readonly spec: SecretSpec;
}
/**
 * The values by key.
 */
export interface SecretSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * The values by key. A reference that names no key means `value`.
   */
  readonly values: {
    readonly [k: string]: SecretValue;
  };
  readonly rotation?: SecretRotation;
}
/**
 * Where one value comes from; exactly one of the fields.
 */
export interface SecretValue {
  readonly age?: SecretAge;
  readonly file?: SecretFile;
  readonly env?: SecretEnv;
  readonly pending?: SecretPending;
}
/**
 * The value, encrypted to its recipients. Written by `moltbot secret set`, readable with the stock `age`.
 */
export interface SecretAge {
  /**
   * When the value was last set; `rotation.every` counts from here. Written by `moltbot secret set`.
   */
  readonly setAt?: string;
  readonly rotate?: SecretRotate;
  /**
   * Who can open it: a claim that is compared with the envelope.
   *
   * Items: The public half of an age key pair: `age1...` or, post-quantum, `age1pq1...`. Recipients that would run a plugin are refused.
   */
  readonly recipients: readonly string[];
  /**
   * The armored age file.
   */
  readonly envelope: string;
}
/**
 * Somebody who knew the value may not open it any more: it should be changed where it came from. Written by `moltbot secret rekey`, taken away by `moltbot secret set`.
 */
export interface SecretRotate {
  /**
   * When the first of them was removed.
   */
  readonly since: string;
  /**
   * The recipients that were removed since the value was set.
   *
   * Items: The public half of an age key pair: `age1...` or, post-quantum, `age1pq1...`. Recipients that would run a plugin are refused.
   */
  readonly removed: readonly string[];
}
/**
 * An .age file of the repository that holds the value, armored or not.
 */
export interface SecretFile {
  /**
   * When the value was last set; `rotation.every` counts from here. Written by `moltbot secret set`.
   */
  readonly setAt?: string;
  readonly rotate?: SecretRotate;
  /**
   * The .age file. Its bytes are embedded like an envelope.
   */
  readonly path: string;
  /**
   * Who can open it: a claim that is compared with the envelope.
   *
   * Items: The public half of an age key pair: `age1...` or, post-quantum, `age1pq1...`. Recipients that would run a plugin are refused.
   */
  readonly recipients?: readonly string[];
}
/**
 * A variable in the environment of the runtime, which alone reads it.
 */
export interface SecretEnv {
  /**
   * When the value was last set; `rotation.every` counts from here. Kept by hand.
   */
  readonly setAt?: string;
  /**
   * The variable's name.
   */
  readonly name: string;
}
/**
 * There is no value yet. What needs it is applied but inert.
 */
export interface SecretPending {
  /**
   * What to do so that there is one.
   */
  readonly instruction?: string;
  /**
   * Where the value was found by an import, without the value.
   */
  readonly source?: string;
}
/**
 * When the values should change, for those who rotate them. Nothing is changed by itself.
 */
export interface SecretRotation {
  /**
   * How old a value may get.
   */
  readonly every: string;
}
/**
 * A prompt and files that several agents share. A skill grants nothing: the agent needs the capabilities it asks for.
 */
export interface Skill {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Skill";
  readonly metadata: Metadata;
  readonly spec: SkillSpec;
}
/**
 * What the skill brings.
 */
export interface SkillSpec {
  /**
   * When the skill helps; the model reads this to decide whether to use it.
   */
  readonly description?: string;
  /**
   * Offer the skill to the agents that name it.
   */
  readonly enabled: boolean;
  readonly prompt?: FileText;
  readonly bundle?: SkillBundle;
  readonly signer?: PluginSigner;
  readonly requireProvenance?: RequiredProvenance;
  /**
   * Whether the prompt is always part of the conversation, or only its description until the agent asks for it.
   */
  readonly load: "always" | "on-demand";
  /**
   * Files the agent can read beside the prompt. A list keyed by `path`.
   */
  readonly files?: readonly SkillFile[];
  /**
   * The skill's own version, for people.
   */
  readonly version?: string;
  /**
   * Where it comes from.
   */
  readonly homepage?: string;
  readonly requires?: SkillRequires;
  /**
   * Variables for the commands its instructions run. Credentials by reference to a Secret.
   */
  readonly env?: {
    readonly [k: string]: TextOrSecret;
  };
  /**
   * Settings its instructions name. Nothing secret.
   */
  readonly config?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
}
/**
 * A signed archive that brings prompt and files, instead of `prompt` and `files` here. Its text becomes the skill's and is recorded with it.
 */
export interface SkillBundle {
  /**
   * The sha256 of the archive. Another archive is refused, whatever its signature.
   */
  readonly digest: string;
  /**
   * The archive in the repository, a tar.gz. Its bytes are recorded with the resource; at most 16 MiB.
   */
  readonly file: string;
  /**
   * The sigstore bundle in the repository that signs the archive. Without it the plan is refused.
   */
  readonly signature?: string;
  /**
   * The largest archive; never more than 16 MiB.
   */
  readonly maxBytes: string;
  /**
   * A sigstore bundle that holds a signed SLSA provenance of the archive, for `requireProvenance`.
   */
  readonly provenance?: string;
  /**
   * The file in the archive that is the prompt.
   */
  readonly prompt: string;
  /**
   * The other files in the archive that the agent can read. Absent: all of them; an empty list: none.
   *
   * Items: A path in the archive.
   */
  readonly files?: readonly string[];
}
/**
 * One file of the skill.
 */
export interface SkillFile {
  /**
   * Where the agent finds it, relative to the skill's folder.
   */
  readonly path: string;
  readonly content: FileText;
}
/**
 * What the skill's instructions take for granted. Only stated: nothing is installed or granted.
 */
export interface SkillRequires {
  /**
   * Tools the agent needs a capability for.
   *
   * Items: A tool.
   */
  readonly tools?: readonly string[];
  /**
   * Programs the instructions run.
   *
   * Items: A program.
   */
  readonly commands?: readonly string[];
}
/**
 * Agents that solve tasks together (`orchestration`), and people who share and approve (`people`). Either block can stand alone.
 */
export interface Team {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Team";
  readonly metadata: Metadata;
  readonly spec: TeamSpec;
}
/**
 * Agents that work together, people who work together, or both.
 */
export interface TeamSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  readonly orchestration?: TeamOrchestration;
  readonly people?: TeamPeople;
}
/**
 * How several agents work on one task.
 */
export interface TeamOrchestration {
  /**
   * In order, at once, led by one that delegates, in layers of such leaders, or around a shared board.
   */
  readonly pattern: "sequential" | "parallel" | "supervisor" | "hierarchical" | "blackboard";
  /**
   * The agents; for `sequential` in this order.
   *
   * Items: The name of an Agent.
   */
  readonly agents: readonly string[];
  /**
   * The name of the Agent that leads. Needed for `supervisor` and `hierarchical`.
   */
  readonly coordinator?: string;
  readonly sharedContext: TeamSharedContext;
  /**
   * How often agents may take turns on one task.
   */
  readonly maxRounds: number;
  /**
   * How long one task may take.
   */
  readonly timeout: string;
  /**
   * When an agent fails: the task fails, goes on without it, or asks it again.
   */
  readonly onError: "fail" | "skip" | "retry";
}
/**
 * What the agents see of each other.
 */
export interface TeamSharedContext {
  /**
   * Only what they are handed, all messages of the task, or a board they read and write.
   */
  readonly scope: "handoff" | "messages" | "board";
  /**
   * How much it may hold.
   */
  readonly maxBytes: string;
  /**
   * How long it is kept after the task. Absent: not at all.
   */
  readonly retention?: string;
}
/**
 * The people of the team, what they share, and what their agents may be granted at most.
 */
export interface TeamPeople {
  /**
   * The people. A list keyed by `name`.
   */
  readonly members?: readonly TeamMember[];
  /**
   * What is shared with whom. What is not listed is private. A list keyed by `resource`.
   */
  readonly sharing?: readonly TeamShare[];
  readonly ceiling?: TeamCeiling;
}
/**
 * One person, named once for approvals, roles and sharing.
 */
export interface TeamMember {
  /**
   * The person's name here.
   */
  readonly name: string;
  /**
   * The name people see.
   */
  readonly displayName?: string;
  /**
   * What the person may do: look, use and operate, change, or also decide who belongs.
   */
  readonly role: "viewer" | "operator" | "editor" | "owner";
  readonly identities: TeamIdentities;
}
/**
 * How the person is recognised.
 */
export interface TeamIdentities {
  /**
   * Public SSH keys: commits and approvals signed by one of them are theirs.
   *
   * Items: A public key, as in an authorized_keys file without options.
   */
  readonly ssh?: readonly string[];
  /**
   * Addresses that commits name as their author's. They prove nothing: they only keep people from approving what they wrote.
   *
   * Items: An email address.
   */
  readonly emails?: readonly string[];
  /**
   * Accounts at an identity provider.
   */
  readonly oidc?: readonly TeamOidcIdentity[];
  /**
   * Accounts on messaging platforms.
   */
  readonly channels?: readonly TeamChannelIdentity[];
}
/**
 * An account at an identity provider.
 */
export interface TeamOidcIdentity {
  /**
   * The issuer, compared exactly.
   */
  readonly issuer: string;
  /**
   * The subject the issuer gives; immutable, unlike an email address.
   */
  readonly subject: string;
}
/**
 * An account on a messaging platform.
 */
export interface TeamChannelIdentity {
  /**
   * The name of the Channel.
   */
  readonly channel: string;
  /**
   * The immutable id on that platform; names are no evidence.
   */
  readonly id: string;
}
/**
 * One resource and who may do what with it.
 */
export interface TeamShare {
  /**
   * The address of what is shared.
   */
  readonly resource: string;
  /**
   * Who knows that it exists.
   */
  readonly visibility: "private" | "team" | "public";
  /**
   * Who may use it. Names of members, or roles as `role:editor`, which means that role and those above.
   *
   * Items: A member, or a role.
   */
  readonly canUse?: readonly string[];
  /**
   * Who may change it. Names of members, or roles as `role:editor`, which means that role and those above.
   *
   * Items: A member, or a role.
   */
  readonly canEdit?: readonly string[];
  /**
   * Who may remove it. Names of members, or roles as `role:editor`, which means that role and those above.
   *
   * Items: A member, or a role.
   */
  readonly canDelete?: readonly string[];
}
/**
 * Grants beyond this are denied, whatever the agent says.
 */
export interface TeamCeiling {
  /**
   * The agents it holds for. Absent: the orchestration's agents and coordinator.
   *
   * Items: The name of an Agent.
   */
  readonly agents?: readonly string[];
  /**
   * What may be granted at most. Empty: nothing.
   */
  readonly capabilities: readonly TeamCeilingGrant[];
}
/**
 * One tool and the most that may be granted with it.
 */
export interface TeamCeilingGrant {
  /**
   * The tool; `*` stands for every tool of one plugin or server.
   */
  readonly tool: string;
  /**
   * The actions and resources.
   */
  readonly permissions: readonly Permission[];
}
/**
 * Work that starts by itself: on a message, at a time, on a webhook or on an event. Each step acts with the capabilities of its agent.
 */
export interface Workflow {
  /**
   * The version of this schema.
   */
  readonly apiVersion: "moltbot.dev/v1alpha1";
  /**
   * The kind of resource.
   */
  readonly kind: "Workflow";
  readonly metadata: Metadata;
  readonly spec: WorkflowSpec;
}
/**
 * When it starts and what it does.
 */
export interface WorkflowSpec {
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Start by itself. What is not enabled is kept, but never starts.
   */
  readonly enabled: boolean;
  readonly trigger: WorkflowTrigger;
  readonly timing?: WorkflowTiming;
  /**
   * It starts only if all hold.
   */
  readonly conditions?: readonly WorkflowCondition[];
  /**
   * What it does, in this order.
   */
  readonly steps: readonly WorkflowStep[];
  readonly limits: WorkflowLimits;
  readonly history: WorkflowHistory;
}
/**
 * What starts it; exactly one of the fields.
 */
export interface WorkflowTrigger {
  readonly message?: WorkflowMessage;
  readonly schedule?: WorkflowSchedule;
  readonly webhook?: WorkflowWebhook;
  readonly event?: WorkflowEvent;
}
/**
 * A message on a channel.
 */
export interface WorkflowMessage {
  /**
   * Channels to listen on. Absent: every channel.
   *
   * Items: The name of a Channel.
   */
  readonly channels?: readonly string[];
  /**
   * Ids of the people whose messages count. Absent: everybody whom the channel lets in.
   *
   * Items: The immutable id of a person on the platform.
   */
  readonly from?: readonly string[];
  readonly match?: WorkflowTextMatch;
}
/**
 * What the text must be. Plain text, compared without case: no patterns that a long message could stall.
 */
export interface WorkflowTextMatch {
  /**
   * Contains it as whole words, is equal to it, begins with it, or is that command.
   */
  readonly how: "contains" | "equals" | "starts-with" | "command";
  /**
   * The text.
   */
  readonly text: string;
}
/**
 * At certain times; exactly one of the fields. See also `timing`.
 */
export interface WorkflowSchedule {
  /**
   * Minute, hour, day of month, month and day of week.
   */
  readonly cron?: string;
  /**
   * Again and again, this far apart.
   */
  readonly every?: string;
  /**
   * Once.
   */
  readonly at?: string;
}
/**
 * A request from outside. It must prove who it is.
 */
export interface WorkflowWebhook {
  /**
   * The path below the gateway's webhook address.
   */
  readonly path: string;
  /**
   * How it proves who it is: a signature over the body, or a token in the `authorization` header.
   */
  readonly authentication: "hmac-sha256" | "bearer";
  readonly secret: SecretRef;
  /**
   * The header that holds the signature, lower-case.
   */
  readonly signatureHeader: string;
  /**
   * The largest request that is read.
   */
  readonly maxBytes: string;
  /**
   * What it may send.
   *
   * Items: A media type.
   */
  readonly contentTypes: readonly string[];
  /**
   * Only requests whose fields have these values, by JSON Pointer into the body.
   */
  readonly match?: {
    /**
     * The value.
     */
    readonly [k: string]: string | number | boolean;
  };
}
/**
 * Something that happened in the runtime.
 */
export interface WorkflowEvent {
  /**
   * The event; a final `*` stands for the rest.
   */
  readonly name: string;
  /**
   * Only events of these agents.
   *
   * Items: The name of an Agent.
   */
  readonly agents?: readonly string[];
}
/**
 * The finer points of a schedule.
 */
export interface WorkflowTiming {
  /**
   * The time zone of `cron` and `activeHours` (IANA name).
   */
  readonly timezone: string;
  readonly activeHours?: WorkflowActiveHours;
  /**
   * Start up to so much later, to spread the load.
   */
  readonly jitter?: string;
  /**
   * When the runtime was off at the time: let it pass, or run once when it is back.
   */
  readonly missed: "skip" | "run";
}
/**
 * Only within these hours. Quote the times.
 */
export interface WorkflowActiveHours {
  /**
   * When they begin.
   */
  readonly from: string;
  /**
   * When they end; `24:00` is the end of the day.
   */
  readonly to: string;
  /**
   * On these days. Absent: every day.
   *
   * Items: A day.
   */
  readonly days?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
}
/**
 * One condition.
 */
export interface WorkflowCondition {
  /**
   * What is looked at: text with `{{name}}` for inputs and outputs.
   */
  readonly value: string;
  /**
   * How it is compared.
   */
  readonly operator: "equals" | "not-equals" | "contains" | "not-contains" | "starts-with" | "empty" | "not-empty" | "less-than" | "greater-than";
  /**
   * What with.
   */
  readonly to?: string | number | boolean;
}
/**
 * One step.
 */
export interface WorkflowStep {
  /**
   * Its name; outputs are known by it.
   */
  readonly name: string;
  /**
   * What it is for, in a sentence or two, for the people who review it.
   */
  readonly description?: string;
  /**
   * Ask an agent, send a message, call a tool, or wait.
   */
  readonly action: "agent" | "message" | "tool" | "wait";
  /**
   * The name of the Agent that is asked, or that a tool is called as: its capabilities decide.
   */
  readonly agent?: string;
  readonly prompt?: FileText;
  readonly model?: ModelChoice;
  /**
   * Skills the agent gets for this step.
   *
   * Items: The name of a Skill.
   */
  readonly skills?: readonly string[];
  readonly session?: WorkflowSession;
  /**
   * The tool that is called.
   */
  readonly tool?: string;
  readonly deliver?: WorkflowDeliver;
  /**
   * Values the step works with, by name; text may use `{{name}}`.
   */
  readonly inputs?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * Names under which its results are known to later steps.
   *
   * Items: A name.
   */
  readonly outputs?: readonly string[];
  /**
   * The step runs only if all hold.
   */
  readonly conditions?: readonly WorkflowCondition[];
  /**
   * How long to wait, with `wait`.
   */
  readonly wait?: string;
  /**
   * How long it may take.
   */
  readonly timeout: string;
  /**
   * When it fails: the workflow fails, goes on, or the step is tried again.
   */
  readonly onError: "fail" | "skip" | "retry";
  readonly retries?: Retries;
}
/**
 * In which conversation the agent is asked.
 */
export interface WorkflowSession {
  /**
   * A new one each time, the agent's main one, or one under a name.
   */
  readonly mode: "isolated" | "main" | "named";
  /**
   * The name, with `named`; `{{name}}` stands for inputs.
   */
  readonly name?: string;
  /**
   * How long an isolated one is kept. Absent: not at all.
   */
  readonly retention?: string;
  /**
   * Leave out what the agent would load for a long conversation.
   */
  readonly lightContext: boolean;
}
/**
 * Where a message goes. Sending needs the agent's capability `message.send` for the channel.
 */
export interface WorkflowDeliver {
  /**
   * The name of the Channel. Absent: where the agent was last spoken to.
   */
  readonly channel?: string;
  /**
   * The account it is sent from.
   */
  readonly account?: string;
  /**
   * The id of the person or room. Absent: the one the agent last spoke to.
   */
  readonly to?: string;
  /**
   * The thread or topic.
   */
  readonly thread?: string;
  readonly text?: FileText;
  /**
   * Whether the result of an agent is sent: never, always, or unless it says there is nothing to say.
   */
  readonly when: "never" | "always" | "notable";
}
/**
 * Upper bounds.
 */
export interface WorkflowLimits {
  /**
   * How often it may start.
   */
  readonly rate?: string;
  /**
   * How many runs at once.
   */
  readonly concurrency: number;
  /**
   * When so many run already: do not start, or wait.
   */
  readonly onBusy: "skip" | "queue";
  /**
   * How long one run may take.
   */
  readonly timeout: string;
}
/**
 * What is kept of past runs.
 */
export interface WorkflowHistory {
  /**
   * How many.
   */
  readonly runs: number;
  /**
   * For how long.
   */
  readonly retention: string;
}
