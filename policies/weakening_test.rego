package moltbot.policies.weakening_test

import data.moltbot.policies.weakening
import rego.v1

warned(pointers) := {[v.code, v.path] | some v in weakening.admission_warn with input as {"facts": {"weakened": pointers}}}

test_weaker if warned(["/spec/policies/rules"]) == {["trust", "/spec/policies/rules"]}

test_as_strict if warned([]) == set()
