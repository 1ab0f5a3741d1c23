package moltbot.policies.plugin_signature_test

import data.moltbot.policies.plugin_signature
import rego.v1

denied(given) := {v.code | some v in plugin_signature.admission_deny with input as given}

plugin(bundle) := {
	"resource": {"kind": "Plugin"},
	"new": {"bundle": {"digest": "sha256:a"}},
	"bundle": bundle,
	"facts": {"declared": true},
}

test_signed_by_somebody_trusted if denied(plugin({"verified": true, "digest": "sha256:a"})) == set()

test_nobody_looked if denied(plugin(null)) == {"unverified"}

test_not_verified if denied(plugin({"verified": false, "digest": "sha256:a"})) == {"unverified"}

test_another_archive if denied(plugin({"verified": true, "digest": "sha256:b"})) == {"digest"}

test_an_archive_of_no_digest if denied(plugin({"verified": true})) == {"digest"}

test_an_incomplete_input_is_denied if denied({"resource": {"kind": "Plugin"}}) == {"unverified"}

skill(spec, bundle) := {
	"resource": {"kind": "Skill"},
	"new": spec,
	"bundle": bundle,
	"facts": {"declared": true},
}

test_a_skill_of_its_own if denied(skill({"prompt": "x"}, null)) == set()

test_a_bundled_skill_nobody_looked_at if denied(skill({"bundle": {"digest": "sha256:a"}}, null)) == {"unverified"}

test_a_bundled_skill_of_another_archive if denied(skill({"bundle": {"digest": "sha256:a"}}, {"verified": true, "digest": "sha256:b"})) == {"digest"}

test_a_bundled_skill_that_is_signed if denied(skill({"bundle": {"digest": "sha256:a"}}, {"verified": true, "digest": "sha256:a"})) == set()

test_no_plugin if denied({"resource": {"kind": "Agent"}, "bundle": null}) == set()

test_a_plugin_that_goes if denied({"resource": {"kind": "Plugin"}, "bundle": null, "facts": {"declared": false}}) == set()
