package moltbot.policies.budget_test

import data.moltbot.policies.budget
import rego.v1

warned(given) := {[v.code, v.path] | some v in budget.admission_warn with input as given}

agent(facts) := {"facts": {"declared": true, "budget": facts}}

test_without_a_budget if warned(agent({"metered": "/spec/model/provider", "bounded": false})) == {["missing", "/spec/model/provider"]}

test_with_a_budget if warned(agent({"metered": "/spec/model/provider", "bounded": true})) == set()

test_nothing_is_paid_for if warned(agent({"metered": null, "bounded": false})) == set()

test_no_agent if warned(agent(null)) == set()

test_an_agent_that_goes if warned({"facts": {"declared": false, "budget": {"metered": "/p", "bounded": false}}}) == set()
