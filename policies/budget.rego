# METADATA
# title: What costs money is bounded
# description: An agent that uses a model which is paid for says how much it may cost or use in a day.
package moltbot.policies.budget

import rego.v1

admission_warn contains {
	"code": "missing",
	"message": "The model is paid for, and nothing bounds what the agent may use of it in a day. Set budgets.costPerDay or budgets.tokensPerDay.",
	"path": input.facts.budget.metered,
} if {
	not gone
	input.facts.budget.metered != null
	input.facts.budget.bounded != true
}

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false
