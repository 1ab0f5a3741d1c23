package moltbot.policies.lethal_trifecta_test

import data.moltbot.policies.lethal_trifecta
import rego.v1

warned(reach) := {v.code | some v in lethal_trifecta.admission_warn with input as {"resource": {"kind": "Agent"}, "facts": {"declared": true, "reach": reach}}}

all := {"privateData": true, "untrustedInput": true, "egress": true}

test_all_three if warned(all) == {"combined"}

test_without_private_data if warned(object.union(all, {"privateData": false})) == set()

test_without_untrusted_input if warned(object.union(all, {"untrustedInput": false})) == set()

test_without_egress if warned(object.union(all, {"egress": false})) == set()

test_unknown_is_warned if warned({}) == {"combined"}

test_what_goes_combines_nothing if {
	count(lethal_trifecta.admission_warn) == 0 with input as {"resource": {"kind": "Agent"}, "facts": {"declared": false, "reach": null}}
}

test_other_kinds_do_not if {
	count(lethal_trifecta.admission_warn) == 0 with input as {"resource": {"kind": "Channel"}, "facts": {"declared": true, "reach": null}}
}

seen := {"private": true, "untrusted": true}

obliged(tool, labels, reach) := {v.code | some v in lethal_trifecta.call_oblige with input as {"tool": tool, "data": labels, "reach": reach}}

outward := {"egress": true}

test_outbound_call_asks if {
	every tool in ["http.fetch", "message.send", "exec.run", "mcp:crm/lookup", "plugin:crm/lookup"] {
		obliged(tool, seen, outward) == {"outbound"}
	}
}

test_inbound_call_does_not_ask if {
	every tool in ["fs.read", "fs.write", "memory.write", "time", "agent:triage"] {
		obliged(tool, seen, outward) == set()
	}
}

test_trusted_conversation_does_not_ask if obliged("http.fetch", object.union(seen, {"untrusted": false}), outward) == set()

test_conversation_without_private_data_does_not_ask if obliged("http.fetch", object.union(seen, {"private": false}), outward) == set()

test_what_stays_on_this_machine_does_not_ask if obliged("http.fetch", seen, {"egress": false}) == set()

test_unknown_labels_ask if obliged("http.fetch", {"private": null, "untrusted": null}, {}) == {"outbound"}
