# METADATA
# title: Ceilings of teams
# description: What a team's ceiling leaves out is denied to its agents, whether by a grant of their own or through an agent that they call.
package moltbot.policies.team_ceiling

import rego.v1

grant_deny contains {
	"code": "beyond",
	"message": "The grant passes the ceiling of a team that bounds this agent, by itself or through an agent that it lets this one call. Narrow it, or raise people.ceiling of the Team.",
} if {
	not below
}

below if input.reach.ceiling == null
