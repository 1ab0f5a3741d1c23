# METADATA
# title: Files in the workspace only
# description: File grants stay in the agent's workspace, and do no more there than its sandbox allows.
package moltbot.policies.workspace

import rego.v1

grant_deny contains {
	"code": "outside",
	"message": "The grant names files outside the agent's workspace.",
} if {
	not inside
}

# Not a file grant.
inside if input.workspace == null

inside if input.workspace.inside == true

grant_deny contains {
	"code": "mode",
	"message": "The grant does more with files than spec.sandbox.workspaceAccess of the agent allows.",
} if {
	not permitted
}

permitted if input.workspace == null

permitted if input.workspace.mode == "write"

permitted if {
	input.workspace.mode == "read"
	input.action == "read"
}
