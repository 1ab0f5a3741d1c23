/**
 * Every limit that stands between outside input and our memory, time or disk, in one place.
 * docs/limits.md lists them; each is tested at the limit and one past it.
 */
export const LIMITS = {
  /** One manifest file. */
  manifestBytes: 8 * 1024 * 1024,
  /** Values in one manifest file, counted before parsing by the characters that separate them. */
  manifestValues: 250_000,
  /** One file embedded by `{file: path}`. */
  embeddedFileBytes: 1024 * 1024,
  /** Nesting of one document, mappings and lists together. */
  depth: 64,
  /** Entries of one list or mapping. */
  entries: 10_000,
  /** Documents in one file. */
  documents: 10_000,
  /** Manifest files of one Project, unless `limits.files` says otherwise. */
  files: 200_000,
  /** Manifests and embedded files of one Project together. */
  sourceBytes: 256 * 1024 * 1024,
  /** Files of any kind that are looked at while searching the source folders. */
  folderEntries: 2_000_000,
  /** Folders inside folders below a source. */
  folderDepth: 64,
  /** How long one git command may take to read what is on this machine. */
  gitTimeoutMs: 120_000,
  /** How long one fetch from a repository elsewhere may take. */
  fetchTimeoutMs: 600_000,
  /** How long git may look for the commit that wrote a line, in milliseconds; past it the answer leaves it out. */
  lineHistoryMs: 10_000,
  /** What one git command may answer, objects apart. */
  gitOutputBytes: 1024 * 1024,
  /** A commit, tag or tree object of a repository. */
  gitObjectBytes: 64 * 1024 * 1024,
  /** Of those who gain a capability, how many a plan names; the rest is counted. */
  gainersShown: 20,
  /** Resources of one way to a capability that a plan names; the middle of a longer one is left out and counted. */
  wayShown: 20,
  /** Resources that are followed in all to find such ways; past it, further ways are left out. */
  waySteps: 5_000_000,
  /** A commit object whose signature is checked: its message and its signature. */
  commitBytes: 1024 * 1024,
  /** Commits that are verified for one plan. */
  commitsVerified: 50_000,
  /** A trust anchor, or a file that one is made from. */
  anchorBytes: 4 * 1024 * 1024,
  /** Answers of policies that a comparison lists as changed; the rest is counted. */
  flipsShown: 1_000,
  /** Diagnostics printed in one run; the rest is counted. */
  diagnostics: 1_000,
  /** One plan file that is read back. */
  planFileBytes: 256 * 1024 * 1024,
  /** One secret value, before encryption. */
  secretBytes: 1024 * 1024,
  /** Recipients of one secret value. */
  secretRecipients: 64,
  /** One armored envelope: a secret of full size fits, for as many classic recipients as allowed. */
  envelopeBytes: 2 * 1024 * 1024,
  /** The shortest passphrase for a store's key. */
  passphraseMinChars: 12,
  /** The longest passphrase for a store's key. */
  passphraseChars: 1_024,
  /** One file of age identities. */
  identityFileBytes: 64 * 1024,
  /** The scrypt work factor (a power of two) of an identity file with a passphrase. */
  passphraseWorkFactor: 20,
  /** One passphrase. */
  passphraseBytes: 4 * 1024,
  /** One file that is searched for planted credentials. */
  scannedFileBytes: 8 * 1024 * 1024,
  /** Files that are searched for planted credentials. */
  scannedFiles: 200_000,
  /** Generations of one owner that the record keeps. */
  generationsKept: 50,
  /** Rows of forgotten generations that one commit removes; the next commits remove the rest. */
  prunedRows: 20_000,
  /** Edits of one owner that stand at once. */
  editsPerOwner: 10_000,
  /** Holds of one owner that stand at once. */
  holdsPerOwner: 10_000,
  /** One edit or hold, as canonical JSON. */
  noteBytes: 256 * 1024,
  /** One encrypted record, such as one turn of a conversation. */
  sealedBytes: 4 * 1024 * 1024,
  /** Encrypted records, slots or ledger records that one read returns. */
  recordsRead: 10_000,
  /** A backup file. */
  backupBytes: 8 * 1024 * 1024 * 1024,
  /** How long a write waits for another process that is writing to the store, in milliseconds. */
  storeBusyMs: 5_000,
  /** One message to an agent. */
  messageBytes: 256 * 1024,
  /** Exchanges (a message and its answer) of one conversation. */
  sessionExchanges: 10_000,
  /** Conversations of one agent. */
  sessionsPerAgent: 10_000,
  /** How much of a conversation is sent along with a new message; older exchanges are left out. */
  historyBytes: 1024 * 1024,
  /** Time to reach a model provider: name, connection and TLS. */
  providerConnectMs: 10_000,
  /** Time between two lines of a provider's answer; half the timeout where that is shorter. */
  providerIdleMs: 60_000,
  /** One line of a provider's answer. */
  providerLineBytes: 1024 * 1024,
  /** How much of a provider's error answer is read. */
  providerErrorBytes: 64 * 1024,
  /** The longest pause before a request is tried again; a provider that asks for more is given up. */
  providerPauseMs: 60_000,
  /** One resource pattern of a grant. */
  patternChars: 2_048,
  /** The resource that one tool call names. */
  requestChars: 8_192,
  /** A compiled policy bundle. */
  policyBytes: 16 * 1024 * 1024,
  /** Memory a policy may declare or grow to, in 64 KiB pages: 64 MiB. */
  policyMemoryPages: 1_024,
  /** Entries of a policy module's function table. */
  policyTableEntries: 65_536,
  /** One input to a policy, as JSON text. */
  policyInputChars: 4 * 1024 * 1024,
  /** What the rules of one bundle read as data, as JSON text. */
  policyDataChars: 1024 * 1024,
  /** How long evaluating one question may take before it is stopped. */
  policyEvaluationMs: 2_000,
  /** How long a Project's policies may take to start. */
  policyStartMs: 15_000,
  /** After so many questions that had to be stopped, or instances that did not start, a bundle is asked no more and denies everything. */
  policyStops: 3,
  /** How long the compiler of policies may take for one step. */
  opaMs: 60_000,
  /** How much the compiler of policies may print. */
  opaOutputBytes: 64 * 1024 * 1024,
  /** Answers of a policy that are kept for equal questions. */
  policyMemo: 20_000,
  /** Patterns of grants that are kept as they were read. */
  patternMemo: 10_000,
  /** One foreign configuration file that is imported. */
  importBytes: 4 * 1024 * 1024,
  /** Values in one foreign configuration. */
  importValues: 100_000,
  /** Configurations that one import reads. */
  importFiles: 1_000,
  /** Files and folders that are looked at while searching for configurations. */
  importEntries: 200_000,
  /** How long evaluating CUE may take. */
  cueTimeoutMs: 60_000,
  /** How much evaluating CUE may print. */
  cueOutputBytes: 64 * 1024 * 1024,
  /** An exported ledger that is verified from a file. */
  ledgerExportChars: 256 * 1024 * 1024,
  /** How long a person may take to answer for a key: a passphrase, a touch. */
  signingAnswerMs: 300_000,
  /** Ledger records that one proof holds. */
  proofRecords: 100_000,
  /** Commits that one proof holds. */
  proofCommits: 10_000,
  /** A proof that is read. */
  proofBytes: 256 * 1024 * 1024,
  /** One attestation: a signed statement about a plan, or about compiled policies. */
  attestationBytes: 256 * 1024,
  /** Signatures of one attestation. */
  attestationSignatures: 16,
  /** Attestations that one plan looks at. */
  attestations: 256,
  /** One sigstore bundle. */
  bundleBytes: 1024 * 1024,
  /** One sigstore trust root. */
  trustRootBytes: 1024 * 1024,
  /** Log entries, timestamps or certificates in one sigstore bundle, each. */
  bundleEntries: 16,
  /** Authorities or logs in one list of a trust root. */
  trustRootEntries: 64,
  /** Hashes of one inclusion proof. */
  proofHashes: 64,
  /** One pattern for a signer's identity. */
  identityPatternChars: 2_048,
  /** One identity in a certificate. */
  identityChars: 4_096,
  /** One predicate that is signed from a file. */
  statementBytes: 512 * 1024,
  /** The subjects of one in-toto statement. */
  statementSubjects: 1_024,
  /** A file that is verified or signed by itself, from the command line. */
  artifactBytes: 256 * 1024 * 1024,
  /** One plugin archive, packed. */
  archiveBytes: 16 * 1024 * 1024,
  /** What one plugin archive unpacks to. */
  archiveUnpackedBytes: 64 * 1024 * 1024,
  /** Entries of one plugin archive. */
  archiveEntries: 10_000,
  /** How many times its own size a plugin archive may unpack to, past the first 1 MiB. */
  archiveRatio: 200,
  /** One path in a plugin archive, in bytes. */
  archivePathBytes: 512,
  /** Folders inside folders of a plugin archive. */
  archiveDepth: 32,
  /** The plugin.yaml of one plugin. */
  pluginManifestBytes: 256 * 1024,
  /** Verified bundles that are remembered by one process. */
  verifiedBundles: 20_000,
  /** How long one request to an authority or log may take while signing, in milliseconds. */
  signingTimeoutMs: 30_000,
  /** How long the gateway may take to stop, in milliseconds, all of its parts together. */
  stopMs: 5_000,
  /** How long a part of the gateway may take to try a new generation, in milliseconds. */
  trialMs: 10_000,
  /** How often the gateway looks for a new generation, in milliseconds. */
  candidatePollMs: 25,
  /** One request to the gateway's API. */
  apiBodyBytes: 1024 * 1024,
  /** One part of an address, such as a name. */
  apiParamChars: 300,
  /** How long one request may take to arrive, in milliseconds. */
  apiRequestMs: 30_000,
  /** How long a connection to the gateway may stay silent, in milliseconds. */
  apiIdleMs: 60_000,
  /** Requests of one caller in a burst. */
  apiBurst: 200,
  /** Requests of one caller each second, in the long run. */
  apiPerSecond: 50,
  /** Callers whose requests are counted. */
  apiCallers: 10_000,
  /** How often the gateway looks whether its keys have become too old, in milliseconds. */
  rotationLookMs: 3_600_000,
  /** Messages for one agent in a minute, through all channels. */
  agentMessagesPerMinute: 60_000,
  /** Records of the ledger in one answer. */
  apiLedgerPage: 1_000,
  /** How long the headers of one request may take to arrive, in milliseconds. */
  apiHeadersMs: 10_000,
  /** The headers of one request, together. */
  apiHeaderBytes: 16 * 1024,
  /** Connections to one address of the gateway at a time. */
  apiConnections: 1_024,
  /** Answers that are remembered under an `Idempotency-Key`. */
  apiRemembered: 2_000,
  /** One answer that is remembered under an `Idempotency-Key`; a larger one is told once. */
  apiRememberedBytes: 64 * 1024,
  /** How long an answer is remembered under an `Idempotency-Key`, in milliseconds. */
  apiRememberedMs: 24 * 3_600_000,
  /** What waits for a client that reads a stream slowly; past it the client is dropped. */
  apiStreamBytes: 1024 * 1024,
  /** How often a silent stream says that it is there, in milliseconds. */
  apiStreamBeatMs: 15_000,
  /** Streams and WebSockets that are open at a time. */
  apiStreams: 256,
  /** One message of a client over a WebSocket. */
  apiSocketBytes: 16 * 1024,
  /** How long a client of a WebSocket may take to say who it is, in milliseconds. */
  apiSocketProofMs: 5_000,
  /** Messages that clients wait for at a time. */
  apiWaitingMessages: 256,
  /** One request that brings a part of a generation. */
  recordBodyBytes: 32 * 1024 * 1024,
  /** Values that one commit over the API brings, together. */
  recordStagedBytes: 256 * 1024 * 1024,
  /** How long an applier elsewhere may be silent before its claim ends, in milliseconds. */
  recordLeaseMs: 30_000,
  /** How long looking up one host name may take, in milliseconds. */
  nameLookupMs: 5_000,
  /** Addresses of one host name. */
  addressesOfName: 64,
  /** How long connecting to a host may take, all its addresses together. */
  connectMs: 10_000,
  /** One text of an audit record, in characters; a longer one keeps its beginning and the digest of the whole. */
  auditTextChars: 2_048,
  /** The facts of one audit record, as JSON text; more are named by their digest. */
  auditFactsChars: 8_192,
  /** Rules that one audit record names. */
  auditRules: 64,
  /** Audit records that one page holds, or that one call drops. */
  auditPage: 1_000,
  /** How long audit records are kept, in milliseconds: 400 days. */
  auditKeepMs: 34_560_000_000,
  /** How many audit records are kept. */
  auditKeepRecords: 5_000_000,
  /** After so many audit records, the newest is also noted beside the audit. */
  auditSeenEvery: 1_024,
  /** Calls that one plugin works on at once; each has an instance of its own. */
  pluginCalls: 4,
  /** Calls that wait for one plugin. */
  pluginQueue: 64,
  /** What crosses the border of a plugin at once, in characters of JSON: arguments, a result, a request to the host and its answer. */
  pluginMessageChars: 1024 * 1024,
  /** Requests to the host that one call of a plugin may have open. */
  pluginRequestsOpen: 16,
  /** Requests to the host that one call of a plugin may make. */
  pluginRequests: 256,
  /** Lines that one call of a plugin may log; the rest is left out. */
  pluginLogLines: 100,
  /** One line that a plugin logs, in characters; the rest of it is cut off. */
  pluginLogChars: 2_000,
  /** The stack of a JavaScript plugin. */
  pluginStackBytes: 256 * 1024,
  /** How long the thread or process of a plugin may take to start. */
  pluginStartMs: 10_000,
  /** How long after its time a call is left to end by itself before the whole plugin is ended, in milliseconds. */
  pluginGraceMs: 500,
  /** How often a plugin may have to be ended within `pluginStopWindowMs` and still be started again. */
  pluginStops: 5,
  /** The time in which the ends of a plugin are counted. */
  pluginStopWindowMs: 300_000,
  /** The first pause before a plugin that was ended is started again, in milliseconds; each further one is twice as long. */
  pluginBackoffMs: 100,
  /** How long a plugin that nobody calls keeps its thread or process. */
  pluginIdleMs: 60_000,
  /** The least memory a JavaScript plugin can be given: its engine takes that much to start. */
  pluginLeastMemoryBytes: 16 * 1024 * 1024,
  /** The most memory one instance of a plugin can be given, whatever its limits say. */
  pluginMostMemoryBytes: 1024 * 1024 * 1024,
  /** The entry of a JavaScript plugin. */
  pluginScriptBytes: 4 * 1024 * 1024,
  /** The entry of a WebAssembly plugin. */
  pluginModuleBytes: 16 * 1024 * 1024,
  /** Entries of the tables of a WebAssembly plugin. */
  pluginTableEntries: 100_000,
  /** One text of a log line, in characters; the rest is cut. */
  logTextChars: 2_048,
  /** One log file; then the next one begins. */
  logFileBytes: 16 * 1024 * 1024,
  /** Log files that are kept, the one being written among them. */
  logFiles: 5,
  /** Different values of one label of the metrics; further ones are counted as `other`. */
  metricLabelValues: 200,
  /** One value of a label of the metrics, in characters. */
  metricLabelChars: 128,
  /** Headers that go to a collector of traces. */
  otlpHeaders: 32,
  /** Spans that wait for a collector; further ones are dropped and counted. */
  otlpQueue: 4_096,
  /** Spans of one request to a collector. */
  otlpBatch: 512,
  /** How long spans wait for others to be sent with them, in milliseconds. */
  otlpDelayMs: 2_000,
  /** How long a collector may take to answer. */
  otlpTimeoutMs: 10_000,
  /** Keys that one plugin keeps. */
  pluginStorageKeys: 1_000,
  /** One key that a plugin keeps, in characters. */
  pluginStorageKeyChars: 256,
  /** Arguments of one command. */
  commandArguments: 1_000,
  /** The texts of one command together, in characters: arguments, environment, folder. */
  commandChars: 128 * 1024,
  /** Open files of one process of a command. */
  commandFiles: 256,
  /** Connections that one command may have open. */
  commandConnections: 64,
  /** Hosts that were refused to one command and are named in its result. */
  commandRefusals: 20,
  /** How often a running command is looked at, in milliseconds. */
  commandLookMs: 25,
  /** How long a command that was asked to end is left to do so, in milliseconds. */
  commandGraceMs: 1_000,
  /** How long a capability that was offered to a run holds, in milliseconds. */
  capabilityMs: 3_600_000,
  /** How long a capability token may be used across a process border, in milliseconds. */
  capabilityTokenMs: 60_000,
  /** Restrictions that one capability token holds. */
  tokenCaveats: 32,
  /** One capability token, in characters. */
  tokenChars: 16_384,
  /** Runs whose capabilities are remembered at once; of more, those of the oldest end. */
  runsOpen: 10_000,
  /** The arguments of one tool call, and its canonical form, as JSON. */
  callBytes: 1024 * 1024,
  /** How long one tool call may take where nothing says less, in milliseconds. */
  toolMs: 600_000,
  /** What one tool call may send or receive where its grant does not say. */
  toolBytes: 8 * 1024 * 1024,
  /** How much text of a tool's result a model is given; the rest is cut off. */
  toolResultChars: 262_144,
  /** How often the same tool is called with the same arguments in a row, where the agent's budgets do not say. */
  repeatedToolCalls: 25,
  /** How deep agents may call each other, whatever their manifests say. */
  agentDepth: 32,
  /** How long a person may take to approve a call, in milliseconds. */
  approvalMs: 3_600_000,
  /** Approvals that are open at once. */
  approvalsOpen: 1_000,
  /** How often the gateway looks whether an approval was answered from elsewhere, or whether a running call is still allowed, in milliseconds. */
  approvalLookMs: 100,
  /** Sessions whose labels and counters are kept in memory; of more, those used longest ago are read again. */
  sessionsKnown: 10_000,
  /** Data classes that one session is known to have seen. */
  labelClasses: 64,
  /** Times a model is asked for one message, where `budgets.stepsPerMessage` says nothing. */
  stepsPerMessage: 50,
  /** Tools of one answer that run at once. */
  toolCallsAtOnce: 8,
  /** Tool calls that one answer of a model may ask for. */
  toolCallsPerAnswer: 64,
  /** The arguments of one tool call, as text. */
  toolArgumentBytes: 256 * 1024,
  /** What a model is told of one tool's result; the rest is cut. */
  toolResultBytes: 256 * 1024,
  /** Messages that wait in one conversation. */
  waitingMessages: 50,
  /** Messages that wait in all conversations together. */
  waitingMessagesInAll: 10_000,
  /** Messages that are answered together, after a pause or a cancelled answer. */
  joinedMessages: 20,
  /** Runs at once, of all agents together. */
  runsAtOnce: 256,
  /** Heads of encrypted records that one process keeps opened. */
  headsKept: 4_096,
  /** Ends of conversations that the gateway keeps opened. */
  tailsKept: 1_000,
  /** The same, of all together, in characters. */
  tailsChars: 32 * 1024 * 1024,
  /** Keys of messages that a conversation remembers, to tell a second delivery. */
  rememberedKeys: 512,
  /** Times an answer is sent before it is given up. */
  deliveryAttempts: 10,
  /** The longest pause between two attempts to send an answer. */
  deliveryPauseMs: 300_000,
  /** Answers that ended undelivered and are kept; the oldest go. */
  undeliveredAnswers: 1_000,
  /** How far ahead the clock may be set before nothing is deleted for its age, in milliseconds. */
  clockJumpMs: 3_600_000,
  /** How long after the newest record a start counts as such a jump, in milliseconds. */
  clockAwayMs: 30 * 86_400_000,
  /** How long a clock that jumped has to stand before it is believed, in milliseconds. */
  clockSettlesMs: 86_400_000,
  /** How often the gateway drops conversations whose time is over, in milliseconds. */
  sweepMs: 3_600_000,
  /** How long one request to the issuer of an account may take, in milliseconds. */
  oauthRequestMs: 15_000,
  /** How long somebody may take to log in, in milliseconds. */
  oauthLoginMs: 600_000,
  /** Records of conversations that one search opens, before it says where the next one goes on. */
  searchedRecords: 10_000,
  /** How long an access token is good, in milliseconds. */
  accessTokenMs: 900_000,
  /** How long a login lasts, however often its tokens are renewed, in milliseconds: 30 days. */
  loginMs: 2_592_000_000,
  /** How long a device key is good, in milliseconds: a year. */
  deviceMs: 31_536_000_000,
  /** Logins of one store. */
  logins: 10_000,
  /** Device keys of one store. */
  devices: 1_000,
  /** Logins that are going on at once. */
  pendingLogins: 100,
  /** How long a login may take from its beginning to its end, in milliseconds. */
  pendingLoginMs: 600_000,
  /** One token, one signed request's header, or one answer of an identity provider, in characters. */
  authTokenChars: 8_192,
  /** How old a signed request may be, in milliseconds. */
  signedRequestMs: 60_000,
  /** How far a signed request's time may lie ahead of the gateway's, in milliseconds. */
  signedAheadMs: 5_000,
  /** Signed requests that are remembered, so that none is used twice. */
  nonces: 100_000,
  /** Refused proofs of one minute that the audit has one by one; the rest is counted. */
  refusalsNoted: 60,
  /** How long an identity provider may take to answer. */
  oidcTimeoutMs: 10_000,
  /** One answer of the identity provider. */
  oidcAnswerBytes: 1024 * 1024,
  /** How long a gateway may take to answer a command. */
  gatewayAnswerMs: 30_000,
  /** One answer of a gateway that a command reads. */
  gatewayAnswerBytes: 16 * 1024 * 1024,
  /** The text of one message from a channel, whatever the channel says. */
  channelTextBytes: 1024 * 1024,
  /** One id that a platform gives: a sender, a room, a message. */
  channelIdChars: 256,
  /** The roles that a platform says a sender has. */
  channelRoles: 256,
  /** Messages whose ids each channel remembers, so that a second delivery is none. */
  channelSeen: 10_000,
  /** Senders whose messages each channel counts. */
  channelSenders: 10_000,
  /** Refused messages of one channel that are recorded one by one each minute; further ones are counted. */
  channelRefusalsPerMinute: 60,
  /** The first pause before a channel that failed is connected again, in milliseconds; each further one is twice as long. */
  channelBackoffMs: 1_000,
  /** The longest pause before a channel is connected again. */
  channelBackoffMaxMs: 300_000,
  /** The longest pause that a platform may ask for. */
  channelPauseMs: 86_400_000,
  /** How long an adapter may take to start, to stop or to send one message. */
  channelStepMs: 30_000,
  /** People that were paired on one channel. */
  channelPaired: 10_000,
  /** Files of one message. */
  attachments: 10,
  /** One file that comes with a message or goes with one. */
  attachmentBytes: 16 * 1024 * 1024,
  /** One picture that comes with a message: width times height. */
  picturePixels: 64_000_000,
  /** The name of a file, in characters; the rest is cut off. */
  attachmentNameChars: 128,
  /** Parts of one answer, after it was split. */
  answerParts: 64,
  /** Answers of which each channel remembers in which message they grow. */
  channelDrafts: 200,
  /** One request to a webhook. */
  webhookBytes: 1024 * 1024,
  /** How far the time of a webhook request may be from ours, in milliseconds. */
  webhookWindowMs: 300_000,
  /** Webhook requests that are remembered for each channel, so that none counts twice. */
  webhookNonces: 200_000,
  /** Redirects that one request of `http.fetch` follows. */
  httpRedirects: 5,
  /** The headers of one answer. */
  httpHeaderBytes: 64 * 1024,
  /** One header that `http.fetch` sends, in characters. */
  httpHeaderChars: 1_024,
  /** Entries that `fs.list` shows. */
  listedEntries: 2_000,
  /** How deep tools look into folders of a workspace. */
  workspaceDepth: 32,
  /** Files and folders of one workspace that are counted for its size; one with more takes no further files. */
  workspaceEntries: 100_000,
  /** Files that one `fs.search` reads. */
  searchedFiles: 5_000,
  /** Bytes that one `fs.search` reads in all. */
  searchedFileBytes: 64 * 1024 * 1024,
  /** Lines that one `fs.search` gives. */
  searchHits: 500,
  /** One line of a search's result, in characters; of a longer one the part around the hit is shown. */
  searchLineChars: 400,
  /** Schedules of one agent that its tools made. */
  schedulesPerAgent: 50,
  /** The shortest time between two runs of a schedule, in milliseconds. */
  scheduleMinMs: 60_000,
  /** How late a schedule may still be run after the gateway was away, in milliseconds. */
  scheduleLateMs: 86_400_000,
  /** The message of one schedule, in characters. */
  scheduleChars: 8_192,
  /** One entry of an agent's memory. */
  memoryEntryBytes: 256 * 1024,
  /** Entries of one memory. */
  memoryEntries: 10_000,
  /** Memories whose words are kept in memory at once, ready to be searched. */
  memoriesOpen: 16,
  /** What policies were asked about one call, as JSON text in characters; longer questions are not kept for asking again. */
  questionChars: 65_536,
  /** Questions that are written together, and batches of them that are read at once. */
  questionBatch: 32,
  /** Questions that wait to be written; further ones are not kept. */
  questionsWaiting: 2_048,
  /** How long a question waits before it is written, in milliseconds. */
  questionDelayMs: 50,
  /** All questions that are kept, compressed; the oldest go first. */
  questionsBytes: 64 * 1024 * 1024,
  /** How long writing for many waits for a turn of the event loop in which there is nothing else to do, in milliseconds. */
  turnWaitMs: 10,
  /** The same, while connections are being let in, in milliseconds. */
  doorWaitMs: 50,
  /** Writes of conversations that go into one transaction: as long as that takes, nobody else is heard. */
  writesTogether: 256,
  /** Messages that wait for their answers while the gateway has no time to spare; past it requests are told to come again. */
  waitingWhileBusy: 256,
  /** Objects on one store that belong to no Project: forgotten ones, and agents made by the API. */
  unmanagedObjects: 1_000,
  /** WebSockets that have not said yet who they are; they have none of the places of `apiStreams`. */
  apiUnproved: 64,
  /** The same, of one address (of IPv6: one /64 network); a newer one takes the place of the oldest. */
  apiUnprovedOfOne: 16,
  /** Streams and WebSockets of one caller that are open at a time. */
  apiStreamsOfOne: 64,
  /** Visits and codes on a web chat in a minute, from one address (of IPv6: one /64 network). */
  webEntersOfOne: 10,
  /** Visits of strangers on one web chat in a minute; those who bring a code have as many again. */
  webEnters: 120,
  /** Versions of the shipped policies that are kept, so that decisions can be asked again after an upgrade; the oldest go first. */
  shippedPolicies: 8,
  /** Model files that are loaded at once, each in a process of its own. */
  localModels: 2,
  /** Questions that wait for one model file. */
  localModelWaiting: 32,
  /** How long a model file stays loaded without a question, in milliseconds. */
  localModelIdleMs: 300_000,
  /** The context of a model file where `contextWindow` says nothing, in tokens. */
  localModelUsualContext: 4_096,
  /** The largest context that a model file is given, in tokens, whatever `contextWindow` says. */
  localModelContextTokens: 131_072,
  /** Tokens of one answer of a model file. */
  localModelTokens: 8_192,
  /** Threads that one model file computes with. */
  localModelThreads: 16,
  /** One message to or from the process of a model file. */
  localModelMessageBytes: 16 * 1024 * 1024,
  /** How long a model file whose process died is left alone, in milliseconds; each further time twice as long. */
  localModelBackoffMs: 500,
  /** The longest of these pauses. */
  localModelBackoffMaxMs: 60_000,
} as const;
