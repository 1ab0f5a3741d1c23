# METADATA
# title: Dangerous settings of a target
# description: Some settings of a target switch off what protects it. They are denied when they come in through a Passthrough, unless the Project lowers the rule.
package moltbot.policies.passthrough

import rego.v1

grant_deny contains {
	"code": "dangerous",
	"message": "The setting weakens what protects the target. Leave it out, or set it to a value that is safe.",
} if {
	some entry in table[input.passthrough.target][input.passthrough.segments[0]]
	every i, want in entry.path {
		same(want, input.passthrough.segments[i])
	}
	not input.passthrough.value in entry.safe
}

grant_deny contains {
	"code": "named-unsafe",
	"message": "The target itself calls the setting dangerous, unsafe or insecure.",
} if {
	input.passthrough.isNamedUnsafe == true
	input.passthrough.value != false
}

same(want, _) if want == "*"

same(want, have) if want == have

same(want, have) if have in want

# By target, then by the first segment of the setting. A setting is in the table when the path leads to it or
# to something above it; `*` is any segment, a set is any of its members. `safe` lists the values that do no harm.
table := {"openclaw": {
	"acp": [{"path": ["acp", "enabled"], "safe": {false}}],
	"agents": [
		{"path": ["agents", "defaults", "elevatedDefault"], "safe": {"off", "ask"}},
		{"path": ["agents", "defaults", "sandbox", "mode"], "safe": {"all"}},
		{"path": ["agents", "defaults", "sandbox", "docker", binds], "safe": set()},
		{"path": ["agents", "defaults", "sandbox", "docker", "network"], "safe": {"none", "bridge"}},
		{"path": ["agents", "defaults", "sandbox", "ssh", "strictHostKeyChecking"], "safe": {true}},
		{"path": ["agents", "defaults", "sandbox", "ssh", "command"], "safe": set()},
		{"path": ["agents", "defaults", "cliBackends"], "safe": set()},
		{"path": ["agents", "defaults", "tools", "elevated"], "safe": {false}},
		{"path": ["agents", "defaults", "tools", "exec", exec_settings], "safe": exec_safe},
		{"path": ["agents", "defaults", "tools", "fs", "workspaceOnly"], "safe": {true}},
		{"path": ["agents", lists, "*", "sandbox", "mode"], "safe": {"all"}},
		{"path": ["agents", lists, "*", "sandbox", "docker", binds], "safe": set()},
		{"path": ["agents", lists, "*", "sandbox", "docker", "network"], "safe": {"none", "bridge"}},
		{"path": ["agents", lists, "*", "sandbox", "ssh", "strictHostKeyChecking"], "safe": {true}},
		{"path": ["agents", lists, "*", "sandbox", "ssh", "command"], "safe": set()},
		{"path": ["agents", lists, "*", "runtime"], "safe": {"openclaw"}},
		{"path": ["agents", lists, "*", "tools", "elevated"], "safe": {false}},
		{"path": ["agents", lists, "*", "tools", "exec", exec_settings], "safe": exec_safe},
		{"path": ["agents", lists, "*", "tools", "fs", "workspaceOnly"], "safe": {true}},
		{"path": ["agents", lists, "*", "tools", "profile"], "safe": {"minimal", "messaging", "coding"}},
	],
	"approvals": [{"path": ["approvals", "*", "enabled"], "safe": {true}}],
	"browser": [
		{"path": ["browser", "noSandbox"], "safe": {false}},
		{"path": ["browser", "evaluateEnabled"], "safe": {false}},
		{"path": ["browser", "extraArgs"], "safe": set()},
		{"path": ["browser", "ssrfPolicy"], "safe": {false}},
	],
	"channels": [
		{"path": ["channels", "*", "configWrites"], "safe": {false}},
		{"path": ["channels", "*", "accounts", "*", "configWrites"], "safe": {false}},
		{"path": ["channels", "*", access], "safe": access_safe},
		{"path": ["channels", "*", "accounts", "*", access], "safe": access_safe},
		{"path": ["channels", "*", "dm", "policy"], "safe": access_safe},
		{"path": ["channels", "defaults", access], "safe": access_safe},
	],
	"commands": [
		{"path": ["commands", {"bash", "config", "debug", "mcp", "plugins"}], "safe": {false}},
		{"path": ["commands", "useAccessGroups"], "safe": {true}},
		{"path": ["commands", "ownerAllowFrom"], "safe": set()},
		{"path": ["commands", "allowFrom"], "safe": set()},
	],
	"discovery": [{"path": ["discovery", "mdns", "mode"], "safe": {"off", "minimal"}}],
	"env": [
		{"path": ["env", loaders], "safe": set()},
		{"path": ["env", "vars", loaders], "safe": set()},
		{"path": ["env", "shellEnv", "enabled"], "safe": {false}},
	],
	"gateway": [
		{"path": ["gateway", "bind"], "safe": {"loopback", "127.0.0.1"}},
		{"path": ["gateway", {"host", "customBindHost"}], "safe": {"127.0.0.1", "localhost", "::1"}},
		{"path": ["gateway", "auth", "mode"], "safe": {"token", "password"}},
		{"path": ["gateway", "auth", "allowTailscale"], "safe": {false}},
		{"path": ["gateway", "auth", "trustedProxy"], "safe": set()},
		{"path": ["gateway", "trustedProxies"], "safe": {"127.0.0.1", "::1"}},
		{"path": ["gateway", "allowRealIpFallback"], "safe": {false}},
		{"path": ["gateway", "tailscale", "mode"], "safe": {"off"}},
		{"path": ["gateway", "controlUi", "allowedOrigins"], "safe": local_origins},
		{"path": ["gateway", "controlUi", "allowExternalEmbedUrls"], "safe": {false}},
		{"path": ["gateway", "tools", "allow"], "safe": set()},
		{"path": ["gateway", "nodes", "allowCommands"], "safe": set()},
		{"path": ["gateway", "nodes", "commands", "allow"], "safe": set()},
		{"path": ["gateway", "http", "endpoints", "*", "enabled"], "safe": {false}},
		{"path": ["gateway", "terminal"], "safe": {false}},
		{"path": ["gateway", "cors"], "safe": {false}},
	],
	"hooks": [
		{"path": ["hooks", "allowRequestSessionKey"], "safe": {false}},
		{"path": ["hooks", "transformsDir"], "safe": set()},
		{"path": ["hooks", "mappings", "*", "transform"], "safe": set()},
		{"path": ["hooks", "internal", "load"], "safe": set()},
		{"path": ["hooks", "internal", "handlers"], "safe": set()},
		{"path": ["hooks", "path"], "safe": {"/hooks", "/webhook"}},
	],
	"logging": [{"path": ["logging", "redactSensitive"], "safe": {"tools", "on", true}}],
	"mcp": [{"path": ["mcp", "servers"], "safe": set()}],
	"nodeHost": [{"path": ["nodeHost"], "safe": {false}}],
	"plugins": [
		{"path": ["plugins", "load"], "safe": set()},
		{"path": ["plugins", "installs"], "safe": set()},
		{"path": ["plugins", "entries", "*", "enabled"], "safe": {false}},
		{"path": ["plugins", "entries", "*", "hooks"], "safe": {false}},
		{"path": ["plugins", "entries", "*", "config", {"permissionMode", "allowPrivateNetwork"}], "safe": {false, "deny", "deny-all"}},
	],
	"secrets": [{"path": ["secrets", "providers"], "safe": set()}],
	"security": [
		{"path": ["security", "audit", "suppressions"], "safe": set()},
		{"path": ["security", "installPolicy"], "safe": {true}},
	],
	"skills": [
		{"path": ["skills", "load"], "safe": set()},
		{"path": ["skills", "entries", "*", "env"], "safe": set()},
	],
	"tools": [
		{"path": ["tools", "profile"], "safe": {"minimal", "messaging", "coding"}},
		{"path": ["tools", "elevated"], "safe": {false}},
		{"path": ["tools", "exec", exec_settings], "safe": exec_safe},
		{"path": ["tools", "fs", "workspaceOnly"], "safe": {true}},
		{"path": ["tools", "agentToAgent"], "safe": {false}},
		{"path": ["tools", "sessions", "visibility"], "safe": {"self", "tree"}},
		{"path": ["tools", "web", "fetch", "ssrfPolicy"], "safe": {false}},
		{"path": ["tools", {"allow", "alsoAllow"}], "safe": set()},
		{"path": ["tools", {"byProvider", "toolsBySender", "sandbox"}], "safe": set()},
	],
}}

# Variables that make a program load other code, trust other hosts or talk to another one.
loaders := {
	"BASH_ENV", "DYLD_INSERT_LIBRARIES", "ENV", "HTTPS_PROXY", "HTTP_PROXY", "LD_LIBRARY_PATH", "LD_PRELOAD",
	"NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "NODE_PATH", "NODE_TLS_REJECT_UNAUTHORIZED", "OPENCLAW_EXEC_SHELL", "PATH", "PYTHONPATH", "SHELL",
}

lists := {"list", "entries"}

binds := {"binds", "securityOpt", "seccompProfile", "apparmorProfile", "capAdd", "privileged", "user", "setupCommand"}

exec_settings := {"security", "ask", "host", "mode", "safeBins", "safeBinTrustedDirs", "safeBinProfiles", "pathPrepend", "node", "allow"}

exec_safe := {"deny", "allowlist", "always", "on-miss", "sandbox"}

access := {"dmPolicy", "groupPolicy"}

access_safe := {"pairing", "allowlist", "disabled"}

local_origins := {"http://localhost:18789", "http://127.0.0.1:18789"}
