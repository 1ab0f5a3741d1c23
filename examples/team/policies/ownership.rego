# METADATA
# title: Somebody answers for it
# description: Every agent and plugin has the label `team`, with the name of one of our teams.
package moltbot.policies.ownership

import rego.v1

admission_deny contains {
	"code": "team-missing",
	"message": sprintf("%v %v needs the label team, with one of: %v.", [
		input.resource.kind,
		input.resource.name,
		concat(", ", data.moltbot.settings.ownership.teams),
	]),
	"path": "/metadata/labels",
} if {
	input.facts.declared
	not owned
}

owned if input.resource.labels.team in data.moltbot.settings.ownership.teams
