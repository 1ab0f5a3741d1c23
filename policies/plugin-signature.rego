# METADATA
# title: Plugins are signed by somebody trusted
# description: A plugin, or a skill that comes as a bundle, is only the very archive that the manifest names, signed by the signer it names, whom the Project trusts.
package moltbot.policies.plugin_signature

import rego.v1

admission_deny contains {
	"code": "unverified",
	"message": "The archive has no signature that was verified, or not by a signer whom both the manifest and the Project name. Sign it, name archive, signature and signer in the manifest, and the signer in trust.plugins of the Project.",
	"path": "/spec/bundle",
} if {
	is_bundled
	not input.bundle.verified == true
}

admission_deny contains {
	"code": "digest",
	"message": "What was verified is another archive than the one whose digest the manifest names.",
	"path": "/spec/bundle/digest",
} if {
	is_bundled
	input.bundle.verified == true
	not input.bundle.digest == input.new.bundle.digest
}

is_bundled if {
	input.resource.kind == "Plugin"
	not gone
}

is_bundled if {
	input.resource.kind == "Skill"
	input.new.bundle
	not gone
}

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false
