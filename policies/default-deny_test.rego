package moltbot.policies.default_deny_test

import data.moltbot.policies.default_deny
import rego.v1

denied(given) := {v.code | some v in default_deny.grant_deny with input as given}

warned(given) := {v | some v in default_deny.admission_warn with input as given}

test_a_grant_covers_it if denied({"granted": true}) == set()

test_no_grant if denied({"granted": false}) == {"ungranted"}

test_an_incomplete_input_is_denied if denied({}) == {"ungranted"}

test_sub_agent_without_capability if {
	found := warned({"facts": {"ungranted": [{"what": "sub-agent", "pointer": "/spec/subAgents/0"}]}})
	{[v.code, v.path] | some v in found} == {["sub-agent", "/spec/subAgents/0"]}
}

test_mcp_server_without_capability if {
	found := warned({"facts": {"ungranted": [{"what": "mcp-server", "pointer": "/spec/mcpServers/0"}]}})
	{[v.code, v.path] | some v in found} == {["mcp-server", "/spec/mcpServers/0"]}
}

test_step_without_capability if {
	given := {"facts": {"ungranted": [{"what": "step", "pointer": "/spec/steps/0/tool"}]}}
	found := {[v.code, v.path] | some v in default_deny.admission_deny with input as given}
	found == {["step", "/spec/steps/0/tool"]}
}

test_memory_without_capability if {
	found := warned({"facts": {"ungranted": [{"what": "memory", "pointer": "/spec/memory"}]}})
	{[v.code, v.path] | some v in found} == {["memory", "/spec/memory"]}
}

test_nothing_ungranted if warned({"facts": {"ungranted": []}}) == set()
