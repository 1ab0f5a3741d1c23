package moltbot.policies.data_class_test

import data.moltbot.policies.data_class
import rego.v1

denied(facts) := {[v.code, v.path] | some v in data_class.admission_deny with input as {"facts": object.union(facts, {"declared": true})}}

flows(class, flow) := {"data": {"class": class, "flows": [object.union({"pointer": "/p"}, flow)]}, "place": null}

test_local_only_to_the_internet if {
	denied(flows("local-only", {"local": false, "allowed": false})) == {["local-only", "/p"]}
}

test_local_only_stays if denied(flows("local-only", {"local": true, "allowed": true})) == set()

test_too_sensitive if denied(flows("restricted", {"local": false, "allowed": false})) == {["provider", "/p"]}

test_sensitive_enough if denied(flows("restricted", {"local": false, "allowed": true})) == set()

test_nothing_comes_before_it if denied({"data": {"class": null, "flows": []}, "place": null}) == set()

test_a_false_claim if denied({"data": null, "place": {"claimed": true, "by": "elsewhere"}}) == {["claim", "/spec/local"]}

test_a_claim_that_may_hold if denied({"data": null, "place": {"claimed": true, "by": "unknown"}}) == set()

test_no_claim if denied({"data": null, "place": {"claimed": false, "by": "elsewhere"}}) == set()

test_what_goes_sends_nothing if {
	given := object.union(flows("local-only", {"local": false, "allowed": false}), {"place": {"claimed": true, "by": "elsewhere"}})
	found := {v | some v in data_class.admission_deny with input as {"facts": object.union(given, {"declared": false})}}
	others := {v | some v in data_class.admission_deny with input as {"facts": object.union(flows("internal", {"local": false, "allowed": false}), {"declared": false})}}
	found | others == set()
}

sending(delivery) := {v.code | some v in data_class.grant_deny with input as {"delivery": delivery}}

test_a_less_protected_channel if sending({"class": "restricted", "below": "lobby"}) == {"channel"}

test_a_channel_as_protected if sending({"class": "restricted", "below": null}) == set()

test_not_sending if sending(null) == set()
