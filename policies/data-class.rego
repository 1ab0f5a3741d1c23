# METADATA
# title: Data goes where it may
# description: What comes in on a channel goes to model providers and channels that may have data of its class, and local-only data stays on this machine or network.
package moltbot.policies.data_class

import rego.v1

admission_deny contains {
	"code": "local-only",
	"message": "Data that is local-only comes before this agent, and the provider is not on this machine or network.",
	"path": flow.pointer,
} if {
	not gone
	input.facts.data.class == "local-only"
	some flow in input.facts.data.flows
	flow.local != true
}

admission_deny contains {
	"code": "provider",
	"message": "Data comes before this agent that is more sensitive than what may be sent to the provider (its dataClass, or public where it has none).",
	"path": flow.pointer,
} if {
	not gone
	input.facts.data.class != "local-only"
	some flow in input.facts.data.flows
	flow.allowed != true
}

admission_deny contains {
	"code": "claim",
	"message": "The provider claims to be local, but its address is that of somebody else's machine.",
	"path": "/spec/local",
} if {
	not gone
	input.facts.place.claimed == true
	input.facts.place.by == "elsewhere"
}

grant_deny contains {
	"code": "channel",
	"message": "The agent may send to a channel that is less protected than the data that comes before it.",
} if {
	input.delivery.below != null
}

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false
