package moltbot.policies.passthrough_test

import data.moltbot.policies.passthrough
import rego.v1

denied(segments, value) := {v.code | some v in passthrough.grant_deny with input as {"passthrough": {
	"target": "openclaw",
	"segments": segments,
	"value": value,
	"isNamedUnsafe": false,
}}}

test_a_harmless_setting if denied(["ui", "theme"], "dark") == set()

test_a_dangerous_value if denied(["tools", "exec", "security"], "full") == {"dangerous"}

test_a_safe_value if denied(["tools", "exec", "security"], "deny") == set()

test_any_account if denied(["channels", "telegram", "accounts", "main", "dmPolicy"], "open") == {"dangerous"}

test_any_agent if denied(["agents", "list", "0", "sandbox", "mode"], "off") == {"dangerous"}

test_any_agent_by_name if denied(["agents", "entries", "support", "sandbox", "mode"], "off") == {"dangerous"}

test_below_an_entry if denied(["plugins", "load", "paths", "0"], "/opt/x") == {"dangerous"}

test_a_shorter_setting if denied(["tools", "exec"], {}) == set()

test_a_setting_that_starts_alike if denied(["gateway", "bindings"], "lan") == set()

test_a_variable_that_loads_code if denied(["env", "NODE_OPTIONS"], "--require x") == {"dangerous"}

test_another_variable if denied(["env", "REGION"], "eu") == set()

test_another_target if {
	given := {"passthrough": {"target": "other", "segments": ["gateway", "bind"], "value": "lan", "isNamedUnsafe": false}}
	found := {v | some v in passthrough.grant_deny with input as given}
	found == set()
}

test_not_a_setting if {
	found := {v | some v in passthrough.grant_deny with input as {"passthrough": null}}
	found == set()
}

named(value) := {v.code | some v in passthrough.grant_deny with input as {"passthrough": {
	"target": "other",
	"segments": ["x", "dangerouslyAllowAll"],
	"value": value,
	"isNamedUnsafe": true,
}}}

test_named_unsafe if named(true) == {"named-unsafe"}

test_named_unsafe_and_off if named(false) == set()

# Every entry of the table is reached by its own path, and is more than a word.
test_every_entry_fires if {
	every target, group in passthrough.table {
		every first, entries in group {
			count(entries) > 0
			every entry in entries {
				entry.path[0] == first
				segments := [one | some want in entry.path; one := example(want)]
				"dangerous" in {v.code | some v in passthrough.grant_deny with input as {"passthrough": {
					"target": target,
					"segments": segments,
					"value": {"no": "safe value"},
					"isNamedUnsafe": false,
				}}}
			}
		}
	}
}

example(want) := want if is_string(want)

example(want) := min(want) if is_set(want)
