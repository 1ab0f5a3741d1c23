package moltbot.policies.ownership_test

import data.moltbot.policies.ownership
import rego.v1

agent(labels) := {
	"resource": {"kind": "Agent", "name": "support", "labels": labels},
	"facts": {"declared": true},
}

test_a_team_of_ours_owns_it if {
	count(ownership.admission_deny) == 0 with input as agent({"team": "care"})
}

test_without_a_team_it_is_denied if {
	some denial in ownership.admission_deny with input as agent({})
	denial.code == "team-missing"
	denial.message == "Agent support needs the label team, with one of: care, shop."
}

test_a_team_that_is_none_is_denied if {
	count(ownership.admission_deny) == 1 with input as agent({"team": "nobody"})
}

test_what_goes_needs_no_team if {
	count(ownership.admission_deny) == 0 with input as json.patch(agent({}), [{"op": "replace", "path": "/facts/declared", "value": false}])
}
