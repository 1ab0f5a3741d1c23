# METADATA
# title: Nothing without a grant
# description: Allow comes only from grants. A call that no grant covers is denied, and a part of an agent that needs a grant it does not have is pointed out.
package moltbot.policies.default_deny

import rego.v1

grant_deny contains {
	"code": "ungranted",
	"message": "No grant of this agent covers the call. Nothing is allowed but what is granted.",
} if {
	not granted
}

granted if input.granted == true

admission_deny contains {
	"code": "step",
	"message": "The step calls a tool that no capability of its agent grants: it could never run.",
	"path": need.pointer,
} if {
	some need in input.facts.ungranted
	need.what == "step"
}

admission_warn contains {
	"code": "sub-agent",
	"message": "The agent is listed under subAgents, but no capability grants calling it: every call will be denied.",
	"path": need.pointer,
} if {
	some need in input.facts.ungranted
	need.what == "sub-agent"
}

admission_warn contains {
	"code": "memory",
	"message": "The agent has a memory, but no capability grants using it: every use will be denied.",
	"path": need.pointer,
} if {
	some need in input.facts.ungranted
	need.what == "memory"
}

admission_warn contains {
	"code": "mcp-server",
	"message": "The MCP server is connected for the agent, but no capability grants any of its tools: every call will be denied.",
	"path": need.pointer,
} if {
	some need in input.facts.ungranted
	need.what == "mcp-server"
}
