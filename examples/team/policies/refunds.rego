# METADATA
# title: Who may pay back
# description: Only an agent with the label `refunds` may be granted a tool that pays back, and a person approves each call.
package moltbot.policies.refunds

import rego.v1

grant_deny contains {
	"code": "not-for-it",
	"message": sprintf("%v is granted to agents with the label refunds only.", [input.tool]),
} if {
	pays
	not input.agent.labels.refunds == "true"
}

grant_deny contains {
	"code": "unasked",
	"message": "A person approves each refund: approval is always.",
} if {
	pays
	not asked
}

pays if input.tool in data.moltbot.settings.refunds.tools

# What is not said is `always`.
asked if not input.constraints.approval

asked if input.constraints.approval == "always"
