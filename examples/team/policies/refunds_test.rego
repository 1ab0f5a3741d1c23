package moltbot.policies.refunds_test

import data.moltbot.policies.refunds
import rego.v1

grant(tool, labels, approval) := {
	"agent": {"kind": "Agent", "name": "x", "labels": labels},
	"tool": tool,
	"constraints": {"approval": approval},
}

codes(asked) := {denial.code | some denial in refunds.grant_deny with input as asked}

test_made_for_it_and_asked if {
	codes(grant("plugin:orders/refund", {"refunds": "true"}, "always")) == set()
}

test_asked_is_the_default if {
	codes({
		"agent": {"kind": "Agent", "name": "x", "labels": {"refunds": "true"}},
		"tool": "plugin:orders/refund",
		"constraints": {},
	}) == set()
}

test_another_agent_is_denied if {
	codes(grant("plugin:orders/refund", {"team": "care"}, "always")) == {"not-for-it"}
}

test_every_tool_of_the_plugin_is_denied if {
	codes(grant("plugin:orders/*", {}, "always")) == {"not-for-it"}
}

test_unasked_is_denied if {
	codes(grant("plugin:orders/refund", {"refunds": "true"}, "once")) == {"unasked"}
}

test_other_tools_are_not_its_business if {
	codes(grant("plugin:orders/lookup", {}, "never")) == set()
}
