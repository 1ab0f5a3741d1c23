# METADATA
# title: No tools for strangers
# description: A channel that lets anybody in must not reach an agent with tools, not even through other agents, because whoever writes to it then drives those tools.
package moltbot.policies.open_channel

import rego.v1

grant_deny contains {
	"code": "reachable",
	"message": "A channel that lets anybody in reaches this agent, so anybody could use this tool. Restrict the channel's access, or route it to an agent without tools.",
} if {
	not closed
}

closed if input.reach.openChannel == null

admission_deny contains {
	"code": "tools",
	"message": "The channel lets anybody in and reaches an agent with tools. Restrict its access, or route it to an agent without tools.",
	"path": input.facts.channel.pointer,
} if {
	input.facts.channel.open == true
	input.facts.channel.reachesTools == true
}
