# METADATA
# title: The three that must not meet
# description: An agent that in effect sees private data, reads what somebody else wrote and reaches the network can be talked into carrying the data away.
package moltbot.policies.lethal_trifecta

import rego.v1

admission_warn contains {
	"code": "combined",
	"message": "In effect, by itself and through what it calls, this agent combines private data, untrusted input and outbound network: whoever writes the input can have the data sent out. Take one of the three away, or part the agents.",
	"path": "/spec/capabilities",
} if {
	input.resource.kind == "Agent"
	not gone
	not parted
}

parted if input.facts.reach.privateData == false

parted if input.facts.reach.untrustedInput == false

parted if input.facts.reach.egress == false

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false

# The same for one conversation: what is known of the agent is what could be, this is what is.
call_oblige contains {
	"code": "outbound",
	"message": "The conversation has seen private data and text of somebody whom no operator named, and this call can send data out: a person approves it.",
} if {
	leaves
	not harmless
}

leaves if input.tool in {"http.fetch", "message.send", "exec.run"}

leaves if startswith(input.tool, "mcp:")

leaves if startswith(input.tool, "plugin:")

harmless if input.data.private == false

harmless if input.data.untrusted == false

# Nothing that the agent reaches leaves this machine.
harmless if input.reach.egress == false
