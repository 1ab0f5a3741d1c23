// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate

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
  readonly prompt?: FileText;
  /**
   * Skills whose prompts and files the agent gets, in this order.
   *
   * Items: The name of a Skill.
   */
  readonly skills?: readonly string[];
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
  readonly workspace: "none" | "read" | "write";
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
   * How many times the model is asked for one message, tool results included.
   */
  readonly stepsPerMessage?: number;
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
   * The base address. Absent: the one the provider publishes (`anthropic`), or its usual local address (`ollama`, `llama-cpp`); `openai-compatible` needs one, `echo` has none.
   */
  readonly endpoint?: string;
  readonly headers?: Headers;
  readonly credentials?: SecretRef;
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
  readonly dataClass?: "public" | "internal" | "confidential" | "restricted";
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
   * The digest of the model's files. A local provider that reports another one is not asked.
   */
  readonly digest?: string;
  readonly prices?: Prices;
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
 * How strictly rules are enforced.
 */
export interface ProjectPolicies {
  /**
   * The level of single rules, by `<policy>.<code>`. What is not listed has the level its policy says.
   */
  readonly rules?: {
    /**
     * `enforce` denies, `warn` shows, `audit` records, `off` is silent.
     */
    readonly [k: string]: "enforce" | "warn" | "audit" | "off";
  };
}
/**
 * Whom the Project believes.
 */
export interface ProjectTrust {
  readonly root?: FileText;
  readonly allowedSigners?: FileText;
  /**
   * Whose plugins may run. Absent: nobody's.
   */
  readonly plugins?: readonly TrustedSigner[];
}
/**
 * A signer of bundles.
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
 * What is verified before anything is applied.
 */
export interface ProjectVerification {
  /**
   * Whether commits must be signed by an allowed signer.
   */
  readonly commits: "off" | "warn" | "require";
  /**
   * How the compiled policies are checked: built again and compared, signed by an allowed signer, or equal to policies.lock.json.
   */
  readonly policies: "rebuild" | "attested" | "locked";
}
/**
 * One rule: when, how many, who.
 */
export interface ProjectApproval {
  /**
   * Which plans: any with changes, those that let an agent do more, those that delete, or those that change the trust part.
   */
  readonly when: "changes" | "widening" | "deletes" | "trust";
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
 * An armored .age file of the repository that holds the value.
 */
export interface SecretFile {
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
 * When the values should change. `secret check` and the plan warn; nothing is changed by itself.
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
  readonly prompt?: FileText;
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
