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
