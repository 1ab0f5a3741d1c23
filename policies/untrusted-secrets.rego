# METADATA
# title: No secrets for strangers
# description: An agent that anybody can write to must not reach tools that are handed a secret, because whoever writes to it then acts with that secret.
package moltbot.policies.untrusted_secrets

import rego.v1

admission_deny contains {
	"code": "reachable",
	"message": "A channel that lets anybody in reaches this agent, and the agent reaches tools that are handed a secret: a stranger could act with it. Restrict the channel, or take the server, plugin or skill that holds the secret away.",
	"path": "/spec",
} if {
	input.resource.kind == "Agent"
	not gone
	not apart
}

apart if input.facts.reach.openChannel == null

apart if input.facts.reach.secret == null

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false
