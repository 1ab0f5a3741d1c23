// @ts-nocheck
// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate
import { add, codePoints, equal } from "../errors.ts";
import { FORMATS } from "../formats.ts";
const source0 = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const source1 = "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
const source2 = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";
const source3 = "^(?!moltbot\\.dev/(?!(original-id|protect)$))([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
const source4 = "^([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+))*$";
const source5 = "^[1-9][0-9]{0,8}(ms|s|m|h|d)$";
const source6 = "^[^\\s\\p{Cc}\\p{Cf}]+$";
const source7 = "^[A-Za-z0-9]([-A-Za-z0-9_.:/*]*[A-Za-z0-9*])?$";
const source8 = "^([a-z]+(\\.[a-z]+)?|(plugin|mcp):[a-z0-9]([-a-z0-9]*[a-z0-9])?/(\\*|[A-Za-z0-9_][-A-Za-z0-9_.]*)|agent:[a-z0-9]([-a-z0-9]*[a-z0-9])?)$";
const source9 = "^[a-z][a-z0-9_-]*$";
const source10 = "^[1-9][0-9]{0,8}/(s|min|h|d)$";
const source11 = "^[1-9][0-9]{0,8}(B|KiB|MiB|GiB)$";
const source12 = "^[^\\p{Cc}\\p{Cf}]+$";
const source13 = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$";
const source14 = "^https?://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?(\\?[^#\\s\\\\]*)?$";
const source15 = "^[A-Za-z0-9.:_-]+$";
const source16 = "^/[A-Za-z0-9/_.~-]*$";
const source17 = "^\\+?[0-9]{3,20}$";
const source18 = "^[^\\s@\\p{Cc}\\p{Cf}]+@[^\\s@\\p{Cc}\\p{Cf}]+$";
const source19 = "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
const source20 = "^[^\\s*\\p{Cc}\\p{Cf}]+$";
const source21 = "^(\\*{1,2}\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$";
const source22 = "^[a-z0-9_]+$";
const source23 = "^[a-z][A-Za-z0-9]*$";
const source24 = "^[^\\p{Cc}]*$";
const source25 = "^[A-Za-z_][A-Za-z0-9_]*$";
const source26 = "^[a-z0-9!#$%&'*+.^_`|~-]+$";
const source27 = "^wss?://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?(\\?[^#\\s\\\\]*)?$";
const source28 = "^([A-Za-z0-9_][-A-Za-z0-9_.]*\\*?|\\*)$";
const source29 = "^(~/)?([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*))*$";
const source30 = "^sha256:[0-9a-f]{64}$";
const source31 = "^[\\x21\\x23-\\x5B\\x5D-\\x7E]+$";
const source32 = "^[A-Z]{3}$";
const source33 = "^(/([^~/\\p{Cc}\\p{Cf}]|~[01])*)+$";
const source34 = "^\\^.*\\$$";
const source35 = "^[A-Za-z0-9_][-A-Za-z0-9_.]*$";
const source36 = "^[a-z]+(\\.[a-z]+)?$";
const source37 = "^[A-Za-z][A-Za-z0-9-]*$";
const source38 = "^[\\x21-\\x7e][\\x20-\\x7e]*$";
const source39 = "^(\\*|[A-Z][A-Za-z0-9]{0,62})/(\\*|[a-z0-9][-a-z0-9]{0,62}\\*?)$";
const source40 = "^[a-z][A-Za-z0-9_]*$";
const source41 = "^[a-z0-9][-a-z0-9]*\\.[a-z0-9][-a-z0-9_]*$";
const source42 = "^(https?|wss?)://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?$";
const source43 = "^age1([02-9ac-hj-np-z]{58}|pq1[02-9ac-hj-np-z]+)$";
const source44 = "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+)$";
const source45 = "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?(:[0-9]{1,5})?$";
const source46 = "^https?://[^/?#@\\s\\\\*]+$";
const source47 = "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+)(/[0-9]{1,3})?$";
const source48 = "^[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";
const source49 = "^[a-z0-9][-a-z0-9]*(\\.[a-z0-9][-a-z0-9_]*)?$";
const source50 = "^[^\\s/\\p{Cc}\\p{Cf}]+$";
const source51 = "^[^\\s/*\\p{Cc}\\p{Cf}]+$";
const source52 = "^[-a-z0-9*]+(#[-A-Za-z0-9_.*]+)?$";
const source53 = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
const source54 = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
const source55 = "^-----BEGIN AGE ENCRYPTED FILE-----\\r?\\n[A-Za-z0-9+/=\\r\\n]+-----END AGE ENCRYPTED FILE-----\\s*$";
const source56 = "^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com|sk-ecdsa-sha2-nistp256@openssh\\.com) [A-Za-z0-9+/]+={0,3}( [^\\p{Cc}\\p{Cf}]*)?$";
const source57 = "^[^\\s<>\\p{Cc}\\p{Cf}]+@[^\\s<>\\p{Cc}\\p{Cf}]+$";
const source58 = "^(role:(viewer|operator|editor|owner)|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$";
const source59 = "^[-0-9*,/]+ [-0-9*,/]+ [-0-9*,/?LW]+ [-0-9A-Za-z*,/]+ [-0-9A-Za-z*,/?#L]+$";
const source60 = "^/[A-Za-z0-9/_.~-]+$";
const source61 = "^[a-z0-9.+-]+/[a-z0-9.+-]+$";
const source62 = "^[a-z][a-z0-9-]*([.:][a-z0-9-]+)*([.:]\\*)?$";
const source63 = "^([a-z]+(\\.[a-z]+)?|(plugin|mcp):[a-z0-9]([-a-z0-9]*[a-z0-9])?/[A-Za-z0-9_][-A-Za-z0-9_.]*)$";
export const Agent = validate22;
const func0 = Object.prototype.hasOwnProperty;
const schema8 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"$ref":"#/$defs/common_name"},"labels":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":317,"pattern":"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},"additionalProperties":{"type":"string","maxLength":63,"pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"}},"annotations":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":317,"pattern":"^(?!moltbot\\.dev/(?!(original-id|protect)$))([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},"properties":{"moltbot.dev/original-id":{"type":"string","maxLength":1024},"moltbot.dev/protect":{"type":"string","enum":["true","false"]}},"additionalProperties":{"type":"string","maxLength":4096}}}};
const func54 = codePoints;
const pattern0 = new RegExp(source0, "u");
function validate24(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 63){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 63});
errors++;
}
if(func54(data) < 1){
vErrors = add(vErrors, instancePath, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}
const pattern1 = new RegExp(source1, "u");
const pattern2 = new RegExp(source2, "u");
const pattern3 = new RegExp(source3, "u");
function validate23(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "name") || (key0 === "labels")) || (key0 === "annotations"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined && func0.call(data, "labels")){
let data1 = data.labels;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length > 64){
vErrors = add(vErrors, instancePath+"/labels", "maxProperties", {limit: 64});
errors++;
}
for(const key1 of Object.keys(data1)){
const _errs5 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 317){
vErrors = add(vErrors, instancePath+"/labels", "maxLength", {limit: 317}, key1);
errors++;
}
if(!pattern1.test(key1)){
vErrors = add(vErrors, instancePath+"/labels", "pattern", {pattern: source1}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/labels", "type", {type: "string"}, key1);
errors++;
}
var valid1 = _errs5 === errors;
if(!valid1){
vErrors = add(vErrors, instancePath+"/labels", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data1)){
let data2 = data1[key2];
if(typeof data2 === "string"){
if(func54(data2) > 63){
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 63});
errors++;
}
if(!pattern2.test(data2)){
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "pattern", {pattern: source2});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/labels", "type", {type: "object"});
errors++;
}
}
if(data.annotations !== undefined && func0.call(data, "annotations")){
let data3 = data.annotations;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length > 64){
vErrors = add(vErrors, instancePath+"/annotations", "maxProperties", {limit: 64});
errors++;
}
for(const key3 of Object.keys(data3)){
const _errs12 = errors;
if(typeof key3 === "string"){
if(func54(key3) > 317){
vErrors = add(vErrors, instancePath+"/annotations", "maxLength", {limit: 317}, key3);
errors++;
}
if(!pattern3.test(key3)){
vErrors = add(vErrors, instancePath+"/annotations", "pattern", {pattern: source3}, key3);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/annotations", "type", {type: "string"}, key3);
errors++;
}
var valid3 = _errs12 === errors;
if(!valid3){
vErrors = add(vErrors, instancePath+"/annotations", "propertyNames", {propertyName: key3});
errors++;
}
}
for(const key4 of Object.keys(data3)){
if(!((key4 === "moltbot.dev/original-id") || (key4 === "moltbot.dev/protect"))){
let data4 = data3[key4];
if(typeof data4 === "string"){
if(func54(data4) > 4096){
vErrors = add(vErrors, instancePath+"/annotations/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 4096});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/annotations/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
if(data3["moltbot.dev/original-id"] !== undefined && func0.call(data3, "moltbot.dev/original-id")){
let data5 = data3["moltbot.dev/original-id"];
if(typeof data5 === "string"){
if(func54(data5) > 1024){
vErrors = add(vErrors, instancePath+"/annotations/moltbot.dev~1original-id", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/annotations/moltbot.dev~1original-id", "type", {type: "string"});
errors++;
}
}
if(data3["moltbot.dev/protect"] !== undefined && func0.call(data3, "moltbot.dev/protect")){
let data6 = data3["moltbot.dev/protect"];
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/annotations/moltbot.dev~1protect", "type", {type: "string"});
errors++;
}
if(!((data6 === "true") || (data6 === "false"))){
vErrors = add(vErrors, instancePath+"/annotations/moltbot.dev~1protect", "enum", {allowedValues: schema8.properties.annotations.properties["moltbot.dev/protect"].enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/annotations", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
const schema10 = {"type":"object","additionalProperties":false,"required":["model"],"properties":{"description":{"$ref":"#/$defs/common_description"},"identity":{"$ref":"#/$defs/agent_identity"},"model":{"$ref":"#/$defs/agent_model"},"fallbacks":{"type":"array","maxItems":16,"items":{"$ref":"#/$defs/agent_model"}},"imageModel":{"$ref":"#/$defs/agent_model"},"utilityModel":{"$ref":"#/$defs/agent_model"},"prompt":{"$ref":"#/$defs/common_fileText"},"skills":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"mcpServers":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"capabilities":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/agent_capability"}},"subAgents":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"delegation":{"$ref":"#/$defs/agent_delegation"},"workspace":{"$ref":"#/$defs/agent_workspace"},"sessions":{"$ref":"#/$defs/agent_sessions"},"compaction":{"$ref":"#/$defs/agent_compaction"},"contextPruning":{"$ref":"#/$defs/agent_contextPruning"},"groupChat":{"$ref":"#/$defs/agent_groupChat"},"timezone":{"type":"string","maxLength":64,"pattern":"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"},"memory":{"$ref":"#/$defs/agent_memory"},"sandbox":{"$ref":"#/$defs/agent_sandbox"},"budgets":{"$ref":"#/$defs/agent_budgets"},"debug":{"$ref":"#/$defs/agent_debug"}}};
function validate28(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 1024){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
const formats0 = FORMATS.path;
const pattern4 = new RegExp(source4, "u");
function validate31(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 1024){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 1024});
errors++;
}
if(func54(data) < 1){
vErrors = add(vErrors, instancePath, "minLength", {limit: 1});
errors++;
}
if(!pattern4.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source4});
errors++;
}
if(!(formats0(data))){
vErrors = add(vErrors, instancePath, "format", {format: "path"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}
function validate30(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "displayName") || (key0 === "emoji")) || (key0 === "theme")) || (key0 === "avatar"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.displayName !== undefined && func0.call(data, "displayName")){
let data0 = data.displayName;
if(typeof data0 === "string"){
if(func54(data0) > 128){
vErrors = add(vErrors, instancePath+"/displayName", "maxLength", {limit: 128});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/displayName", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/displayName", "type", {type: "string"});
errors++;
}
}
if(data.emoji !== undefined && func0.call(data, "emoji")){
let data1 = data.emoji;
if(typeof data1 === "string"){
if(func54(data1) > 32){
vErrors = add(vErrors, instancePath+"/emoji", "maxLength", {limit: 32});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/emoji", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/emoji", "type", {type: "string"});
errors++;
}
}
if(data.theme !== undefined && func0.call(data, "theme")){
let data2 = data.theme;
if(typeof data2 === "string"){
if(func54(data2) > 1024){
vErrors = add(vErrors, instancePath+"/theme", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/theme", "type", {type: "string"});
errors++;
}
}
if(data.avatar !== undefined && func0.call(data, "avatar")){
if(!(validate31(data.avatar, instancePath+"/avatar"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}
const schema14 = {"type":"object","additionalProperties":false,"required":["provider","name"],"properties":{"provider":{"$ref":"#/$defs/common_name"},"name":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"temperature":{"type":"number","minimum":0,"maximum":2},"topP":{"type":"number","minimum":0,"maximum":1},"maxTokens":{"type":"integer","minimum":1,"maximum":10000000},"stop":{"type":"array","maxItems":16,"items":{"type":"string","minLength":1,"maxLength":256}},"thinking":{"type":"string","enum":["off","minimal","low","medium","high"]},"timeout":{"$ref":"#/$defs/common_duration"}}};
const pattern6 = new RegExp(source5, "u");
function validate36(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern6.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source5});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}
const pattern5 = new RegExp(source6, "u");
function validate34(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.provider === undefined) || (!(func0.call(data, "provider")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "provider"});
errors++;
}
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((((key0 === "provider") || (key0 === "name")) || (key0 === "temperature")) || (key0 === "topP")) || (key0 === "maxTokens")) || (key0 === "stop")) || (key0 === "thinking")) || (key0 === "timeout"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.provider !== undefined && func0.call(data, "provider")){
if(!(validate24(data.provider, instancePath+"/provider"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data1 = data.name;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.temperature !== undefined && func0.call(data, "temperature")){
let data2 = data.temperature;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 2 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/temperature", "maximum", {comparison: "<=", limit: 2});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/temperature", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/temperature", "type", {type: "number"});
errors++;
}
}
if(data.topP !== undefined && func0.call(data, "topP")){
let data3 = data.topP;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/topP", "maximum", {comparison: "<=", limit: 1});
errors++;
}
if(data3 < 0 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/topP", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/topP", "type", {type: "number"});
errors++;
}
}
if(data.maxTokens !== undefined && func0.call(data, "maxTokens")){
let data4 = data.maxTokens;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/maxTokens", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10000000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.stop !== undefined && func0.call(data, "stop")){
let data5 = data.stop;
if(Array.isArray(data5)){
if(data5.length > 16){
vErrors = add(vErrors, instancePath+"/stop", "maxItems", {limit: 16});
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(func54(data6) > 256){
vErrors = add(vErrors, instancePath+"/stop/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data6) < 1){
vErrors = add(vErrors, instancePath+"/stop/" + i0, "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/stop/" + i0, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/stop", "type", {type: "array"});
errors++;
}
}
if(data.thinking !== undefined && func0.call(data, "thinking")){
let data7 = data.thinking;
if(typeof data7 !== "string"){
vErrors = add(vErrors, instancePath+"/thinking", "type", {type: "string"});
errors++;
}
if(!(((((data7 === "off") || (data7 === "minimal")) || (data7 === "low")) || (data7 === "medium")) || (data7 === "high"))){
vErrors = add(vErrors, instancePath+"/thinking", "enum", {allowedValues: schema14.properties.thinking.enum});
errors++;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}
const schema16 = {"type":["string","object"],"maxLength":1048576,"additionalProperties":false,"required":["file"],"properties":{"file":{"$ref":"#/$defs/common_path"}}};
function validate42(data, instancePath=""){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = add(vErrors, instancePath, "type", {type: schema16.type});
errors++;
}
if(typeof data === "string"){
if(func54(data) > 1048576){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 1048576});
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.file === undefined) || (!(func0.call(data, "file")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "file"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(key0 === "file")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.file !== undefined && func0.call(data, "file")){
if(!(validate31(data.file, instancePath+"/file"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
validate42.errors = vErrors;
return errors === 0;
}
const pattern9 = new RegExp(source7, "u");
const pattern10 = new RegExp(source8, "u");
const pattern11 = new RegExp(source9, "u");
function validate46(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.action === undefined) || (!(func0.call(data, "action")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "action"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "action") || (key0 === "resource"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.action !== undefined && func0.call(data, "action")){
let data0 = data.action;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/action", "maxLength", {limit: 63});
errors++;
}
if(!pattern11.test(data0)){
vErrors = add(vErrors, instancePath+"/action", "pattern", {pattern: source9});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/action", "type", {type: "string"});
errors++;
}
}
if(data.resource !== undefined && func0.call(data, "resource")){
let data1 = data.resource;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/resource", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/resource", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/resource", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resource", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}
const schema19 = {"type":"object","additionalProperties":false,"properties":{"approval":{"type":"string","enum":["always","once","never"]},"rate":{"$ref":"#/$defs/common_rate"},"maxCalls":{"type":"integer","minimum":1,"maximum":1000000},"timeout":{"$ref":"#/$defs/common_duration"},"maxRequestBytes":{"$ref":"#/$defs/common_byteSize"},"maxResponseBytes":{"$ref":"#/$defs/common_byteSize"}}};
const pattern13 = new RegExp(source10, "u");
function validate49(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern13.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source10});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}
const pattern14 = new RegExp(source11, "u");
function validate52(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern14.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source11});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
function validate48(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "approval") || (key0 === "rate")) || (key0 === "maxCalls")) || (key0 === "timeout")) || (key0 === "maxRequestBytes")) || (key0 === "maxResponseBytes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.approval !== undefined && func0.call(data, "approval")){
let data0 = data.approval;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/approval", "type", {type: "string"});
errors++;
}
if(!(((data0 === "always") || (data0 === "once")) || (data0 === "never"))){
vErrors = add(vErrors, instancePath+"/approval", "enum", {allowedValues: schema19.properties.approval.enum});
errors++;
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
if(!(validate49(data.rate, instancePath+"/rate"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.maxCalls !== undefined && func0.call(data, "maxCalls")){
let data2 = data.maxCalls;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/maxCalls", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxCalls", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxCalls", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.maxRequestBytes !== undefined && func0.call(data, "maxRequestBytes")){
if(!(validate52(data.maxRequestBytes, instancePath+"/maxRequestBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.maxResponseBytes !== undefined && func0.call(data, "maxResponseBytes")){
if(!(validate52(data.maxResponseBytes, instancePath+"/maxResponseBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate48.errors = vErrors;
return errors === 0;
}
const formats2 = FORMATS["date-time"];
function validate56(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 40){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 40});
errors++;
}
if(!(formats2(data))){
vErrors = add(vErrors, instancePath, "format", {format: "date-time"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}
function validate45(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
if((data.permissions === undefined) || (!(func0.call(data, "permissions")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "permissions"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "name") || (key0 === "tool")) || (key0 === "permissions")) || (key0 === "constraints")) || (key0 === "expiresAt")) || (key0 === "purpose"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 200){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 200});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern9.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source7});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
let data1 = data.tool;
if(typeof data1 === "string"){
if(func54(data1) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(!pattern10.test(data1)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: source8});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.permissions !== undefined && func0.call(data, "permissions")){
let data2 = data.permissions;
if(Array.isArray(data2)){
if(data2.length > 1000){
vErrors = add(vErrors, instancePath+"/permissions", "maxItems", {limit: 1000});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/permissions", "minItems", {limit: 1});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate46(data2[i0], instancePath+"/permissions/" + i0))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/permissions", "type", {type: "array"});
errors++;
}
}
if(data.constraints !== undefined && func0.call(data, "constraints")){
if(!(validate48(data.constraints, instancePath+"/constraints"))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data.expiresAt !== undefined && func0.call(data, "expiresAt")){
if(!(validate56(data.expiresAt, instancePath+"/expiresAt"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.purpose !== undefined && func0.call(data, "purpose")){
let data6 = data.purpose;
if(typeof data6 === "string"){
if(func54(data6) > 1024){
vErrors = add(vErrors, instancePath+"/purpose", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/purpose", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}
const schema23 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["suggest","prefer"]},"maxConcurrent":{"type":"integer","minimum":1,"maximum":1000},"maxDepth":{"type":"integer","minimum":1,"maximum":32},"timeout":{"$ref":"#/$defs/common_duration"},"model":{"$ref":"#/$defs/agent_model"},"archiveAfter":{"$ref":"#/$defs/common_duration"}}};
function validate59(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "mode") || (key0 === "maxConcurrent")) || (key0 === "maxDepth")) || (key0 === "timeout")) || (key0 === "model")) || (key0 === "archiveAfter"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!((data0 === "suggest") || (data0 === "prefer"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema23.properties.mode.enum});
errors++;
}
}
if(data.maxConcurrent !== undefined && func0.call(data, "maxConcurrent")){
let data1 = data.maxConcurrent;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/maxConcurrent", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/maxConcurrent", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/maxConcurrent", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxDepth !== undefined && func0.call(data, "maxDepth")){
let data2 = data.maxDepth;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/maxDepth", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 32 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxDepth", "maximum", {comparison: "<=", limit: 32});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxDepth", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined && func0.call(data, "model")){
if(!(validate34(data.model, instancePath+"/model"))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.archiveAfter !== undefined && func0.call(data, "archiveAfter")){
if(!(validate36(data.archiveAfter, instancePath+"/archiveAfter"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
function validate66(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
if((data.content === undefined) || (!(func0.call(data, "content")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "content"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "path") || (key0 === "content"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
if(!(validate31(data.path, instancePath+"/path"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.content !== undefined && func0.call(data, "content")){
if(!(validate42(data.content, instancePath+"/content"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}
function validate64(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "folder") || (key0 === "files"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.folder !== undefined && func0.call(data, "folder")){
if(!(validate31(data.folder, instancePath+"/folder"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.files !== undefined && func0.call(data, "files")){
let data1 = data.files;
if(Array.isArray(data1)){
if(data1.length > 1000){
vErrors = add(vErrors, instancePath+"/files", "maxItems", {limit: 1000});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate66(data1[i0], instancePath+"/files/" + i0))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/files", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
const schema26 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["main","peer","channel-peer","account-channel-peer"]},"reset":{"$ref":"#/$defs/agent_sessionReset"},"resetCommands":{"type":"array","maxItems":16,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[^\\p{Cc}\\p{Cf}]+$"}},"maxMessages":{"type":"integer","minimum":1,"maximum":10000000},"retention":{"$ref":"#/$defs/common_duration"},"maxSessions":{"type":"integer","minimum":1,"maximum":10000000}}};
const schema27 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["daily","idle","never"]},"hour":{"type":"integer","minimum":0,"maximum":23},"idle":{"$ref":"#/$defs/common_duration"}}};
function validate72(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "mode") || (key0 === "hour")) || (key0 === "idle"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!(((data0 === "daily") || (data0 === "idle")) || (data0 === "never"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema27.properties.mode.enum});
errors++;
}
}
if(data.hour !== undefined && func0.call(data, "hour")){
let data1 = data.hour;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/hour", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 23 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/hour", "maximum", {comparison: "<=", limit: 23});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/hour", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.idle !== undefined && func0.call(data, "idle")){
if(!(validate36(data.idle, instancePath+"/idle"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate72.errors = vErrors;
return errors === 0;
}
const pattern16 = new RegExp(source12, "u");
function validate71(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "scope") || (key0 === "reset")) || (key0 === "resetCommands")) || (key0 === "maxMessages")) || (key0 === "retention")) || (key0 === "maxSessions"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
let data0 = data.scope;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/scope", "type", {type: "string"});
errors++;
}
if(!((((data0 === "main") || (data0 === "peer")) || (data0 === "channel-peer")) || (data0 === "account-channel-peer"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema26.properties.scope.enum});
errors++;
}
}
if(data.reset !== undefined && func0.call(data, "reset")){
if(!(validate72(data.reset, instancePath+"/reset"))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.resetCommands !== undefined && func0.call(data, "resetCommands")){
let data2 = data.resetCommands;
if(Array.isArray(data2)){
if(data2.length > 16){
vErrors = add(vErrors, instancePath+"/resetCommands", "maxItems", {limit: 16});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 64){
vErrors = add(vErrors, instancePath+"/resetCommands/" + i0, "maxLength", {limit: 64});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/resetCommands/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data3)){
vErrors = add(vErrors, instancePath+"/resetCommands/" + i0, "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resetCommands/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/resetCommands", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resetCommands", "type", {type: "array"});
errors++;
}
}
if(data.maxMessages !== undefined && func0.call(data, "maxMessages")){
let data4 = data.maxMessages;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/maxMessages", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10000000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxMessages", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxMessages", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, instancePath+"/retention"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.maxSessions !== undefined && func0.call(data, "maxSessions")){
let data6 = data.maxSessions;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/maxSessions", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 10000000 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/maxSessions", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data6 < 1 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/maxSessions", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate71.errors = vErrors;
return errors === 0;
}
const schema28 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["default","safeguard","off"]},"reserveTokens":{"type":"integer","minimum":1,"maximum":10000000},"memoryFlush":{"$ref":"#/$defs/agent_memoryFlush"}}};
function validate78(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "enabled") || (key0 === "softThresholdTokens")) || (key0 === "prompt")) || (key0 === "systemPrompt"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.softThresholdTokens !== undefined && func0.call(data, "softThresholdTokens")){
let data1 = data.softThresholdTokens;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/softThresholdTokens", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 10000000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/softThresholdTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/softThresholdTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.systemPrompt !== undefined && func0.call(data, "systemPrompt")){
if(!(validate42(data.systemPrompt, instancePath+"/systemPrompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}
function validate77(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "mode") || (key0 === "reserveTokens")) || (key0 === "memoryFlush"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!(((data0 === "default") || (data0 === "safeguard")) || (data0 === "off"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema28.properties.mode.enum});
errors++;
}
}
if(data.reserveTokens !== undefined && func0.call(data, "reserveTokens")){
let data1 = data.reserveTokens;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/reserveTokens", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 10000000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/reserveTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/reserveTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.memoryFlush !== undefined && func0.call(data, "memoryFlush")){
if(!(validate78(data.memoryFlush, instancePath+"/memoryFlush"))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}
const schema30 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["off","cache-ttl"]},"ttl":{"$ref":"#/$defs/common_duration"},"keepLastAnswers":{"type":"integer","minimum":0,"maximum":1000},"softTrimRatio":{"type":"number","minimum":0,"maximum":1},"hardClearRatio":{"type":"number","minimum":0,"maximum":1},"minToolChars":{"type":"integer","minimum":0,"maximum":10000000}}};
function validate83(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "mode") || (key0 === "ttl")) || (key0 === "keepLastAnswers")) || (key0 === "softTrimRatio")) || (key0 === "hardClearRatio")) || (key0 === "minToolChars"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!((data0 === "off") || (data0 === "cache-ttl"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema30.properties.mode.enum});
errors++;
}
}
if(data.ttl !== undefined && func0.call(data, "ttl")){
if(!(validate36(data.ttl, instancePath+"/ttl"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.keepLastAnswers !== undefined && func0.call(data, "keepLastAnswers")){
let data2 = data.keepLastAnswers;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/keepLastAnswers", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/keepLastAnswers", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/keepLastAnswers", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.softTrimRatio !== undefined && func0.call(data, "softTrimRatio")){
let data3 = data.softTrimRatio;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/softTrimRatio", "maximum", {comparison: "<=", limit: 1});
errors++;
}
if(data3 < 0 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/softTrimRatio", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/softTrimRatio", "type", {type: "number"});
errors++;
}
}
if(data.hardClearRatio !== undefined && func0.call(data, "hardClearRatio")){
let data4 = data.hardClearRatio;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/hardClearRatio", "maximum", {comparison: "<=", limit: 1});
errors++;
}
if(data4 < 0 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/hardClearRatio", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/hardClearRatio", "type", {type: "number"});
errors++;
}
}
if(data.minToolChars !== undefined && func0.call(data, "minToolChars")){
let data5 = data.minToolChars;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/minToolChars", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 10000000 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/minToolChars", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data5 < 0 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/minToolChars", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}
function validate86(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "mentions") || (key0 === "historyLimit"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mentions !== undefined && func0.call(data, "mentions")){
let data0 = data.mentions;
if(Array.isArray(data0)){
if(data0.length > 64){
vErrors = add(vErrors, instancePath+"/mentions", "maxItems", {limit: 64});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data1)){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/mentions", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/mentions", "type", {type: "array"});
errors++;
}
}
if(data.historyLimit !== undefined && func0.call(data, "historyLimit")){
let data2 = data.historyLimit;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/historyLimit", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/historyLimit", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/historyLimit", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}
const schema32 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["peer","agent"]},"maxBytes":{"$ref":"#/$defs/common_byteSize"},"retention":{"$ref":"#/$defs/common_duration"},"search":{"$ref":"#/$defs/agent_memorySearch"},"sources":{"type":"array","maxItems":256,"items":{"$ref":"#/$defs/agent_memorySource"}}}};
const schema33 = {"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"provider":{"$ref":"#/$defs/common_name"},"model":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"include":{"type":"array","maxItems":2,"uniqueItems":true,"items":{"type":"string","enum":["memory","sessions"]}},"maxResults":{"type":"integer","minimum":1,"maximum":1000},"maxChars":{"type":"integer","minimum":100,"maximum":1000000},"hybrid":{"type":"boolean"}}};
function validate91(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "enabled") || (key0 === "provider")) || (key0 === "model")) || (key0 === "include")) || (key0 === "maxResults")) || (key0 === "maxChars")) || (key0 === "hybrid"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.provider !== undefined && func0.call(data, "provider")){
if(!(validate24(data.provider, instancePath+"/provider"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined && func0.call(data, "model")){
let data2 = data.model;
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/model", "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/model", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data2)){
vErrors = add(vErrors, instancePath+"/model", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/model", "type", {type: "string"});
errors++;
}
}
if(data.include !== undefined && func0.call(data, "include")){
let data3 = data.include;
if(Array.isArray(data3)){
if(data3.length > 2){
vErrors = add(vErrors, instancePath+"/include", "maxItems", {limit: 2});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
vErrors = add(vErrors, instancePath+"/include/" + i0, "type", {type: "string"});
errors++;
}
if(!((data4 === "memory") || (data4 === "sessions"))){
vErrors = add(vErrors, instancePath+"/include/" + i0, "enum", {allowedValues: schema33.properties.include.items.enum});
errors++;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/include", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/include", "type", {type: "array"});
errors++;
}
}
if(data.maxResults !== undefined && func0.call(data, "maxResults")){
let data5 = data.maxResults;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/maxResults", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/maxResults", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data5 < 1 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/maxResults", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxChars !== undefined && func0.call(data, "maxChars")){
let data6 = data.maxChars;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/maxChars", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000000 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/maxChars", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data6 < 100 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/maxChars", "minimum", {comparison: ">=", limit: 100});
errors++;
}
}
}
if(data.hybrid !== undefined && func0.call(data, "hybrid")){
if(typeof data.hybrid !== "boolean"){
vErrors = add(vErrors, instancePath+"/hybrid", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}
function validate94(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "name") || (key0 === "path")) || (key0 === "pattern"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 63});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
if(!(validate31(data.path, instancePath+"/path"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.pattern !== undefined && func0.call(data, "pattern")){
let data2 = data.pattern;
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/pattern", "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/pattern", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data2)){
vErrors = add(vErrors, instancePath+"/pattern", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/pattern", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate94.errors = vErrors;
return errors === 0;
}
function validate88(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "scope") || (key0 === "maxBytes")) || (key0 === "retention")) || (key0 === "search")) || (key0 === "sources"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
let data0 = data.scope;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/scope", "type", {type: "string"});
errors++;
}
if(!((data0 === "peer") || (data0 === "agent"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema32.properties.scope.enum});
errors++;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, instancePath+"/retention"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.search !== undefined && func0.call(data, "search")){
if(!(validate91(data.search, instancePath+"/search"))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.sources !== undefined && func0.call(data, "sources")){
let data4 = data.sources;
if(Array.isArray(data4)){
if(data4.length > 256){
vErrors = add(vErrors, instancePath+"/sources", "maxItems", {limit: 256});
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate94(data4[i0], instancePath+"/sources/" + i0))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/sources", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate88.errors = vErrors;
return errors === 0;
}
const schema35 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["session","agent"]},"workspaceAccess":{"type":"string","enum":["none","read","write"]},"memory":{"$ref":"#/$defs/common_byteSize"},"timeout":{"$ref":"#/$defs/common_duration"},"processes":{"type":"integer","minimum":1,"maximum":1024},"diskBytes":{"$ref":"#/$defs/common_byteSize"},"cpus":{"type":"number","minimum":0.1,"maximum":256}}};
function validate98(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "scope") || (key0 === "workspaceAccess")) || (key0 === "memory")) || (key0 === "timeout")) || (key0 === "processes")) || (key0 === "diskBytes")) || (key0 === "cpus"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
let data0 = data.scope;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/scope", "type", {type: "string"});
errors++;
}
if(!((data0 === "session") || (data0 === "agent"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema35.properties.scope.enum});
errors++;
}
}
if(data.workspaceAccess !== undefined && func0.call(data, "workspaceAccess")){
let data1 = data.workspaceAccess;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/workspaceAccess", "type", {type: "string"});
errors++;
}
if(!(((data1 === "none") || (data1 === "read")) || (data1 === "write"))){
vErrors = add(vErrors, instancePath+"/workspaceAccess", "enum", {allowedValues: schema35.properties.workspaceAccess.enum});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate52(data.memory, instancePath+"/memory"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.processes !== undefined && func0.call(data, "processes")){
let data4 = data.processes;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/processes", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1024 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/processes", "maximum", {comparison: "<=", limit: 1024});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/processes", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.diskBytes !== undefined && func0.call(data, "diskBytes")){
if(!(validate52(data.diskBytes, instancePath+"/diskBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.cpus !== undefined && func0.call(data, "cpus")){
let data6 = data.cpus;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 256 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/cpus", "maximum", {comparison: "<=", limit: 256});
errors++;
}
if(data6 < 0.1 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/cpus", "minimum", {comparison: ">=", limit: 0.1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/cpus", "type", {type: "number"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate98.errors = vErrors;
return errors === 0;
}
const schema36 = {"type":"object","additionalProperties":false,"properties":{"tokensPerDay":{"type":"integer","minimum":1,"maximum":1000000000000},"costPerDay":{"type":"number","minimum":0,"maximum":1000000000},"costPerMessage":{"type":"number","minimum":0,"maximum":1000000000},"tokensPerSession":{"type":"integer","minimum":1,"maximum":1000000000000},"stepsPerMessage":{"type":"integer","minimum":1,"maximum":1000},"toolCallsPerSession":{"type":"integer","minimum":1,"maximum":1000000},"repeatedToolCalls":{"type":"integer","minimum":1,"maximum":1000},"concurrentSessions":{"type":"integer","minimum":1,"maximum":100000},"timePerMessage":{"$ref":"#/$defs/common_duration"}}};
function validate103(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema36.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tokensPerDay !== undefined && func0.call(data, "tokensPerDay")){
let data0 = data.tokensPerDay;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/tokensPerDay", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000000000 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/tokensPerDay", "maximum", {comparison: "<=", limit: 1000000000000});
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/tokensPerDay", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.costPerDay !== undefined && func0.call(data, "costPerDay")){
let data1 = data.costPerDay;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/costPerDay", "maximum", {comparison: "<=", limit: 1000000000});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/costPerDay", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/costPerDay", "type", {type: "number"});
errors++;
}
}
if(data.costPerMessage !== undefined && func0.call(data, "costPerMessage")){
let data2 = data.costPerMessage;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/costPerMessage", "maximum", {comparison: "<=", limit: 1000000000});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/costPerMessage", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/costPerMessage", "type", {type: "number"});
errors++;
}
}
if(data.tokensPerSession !== undefined && func0.call(data, "tokensPerSession")){
let data3 = data.tokensPerSession;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/tokensPerSession", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000000000 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/tokensPerSession", "maximum", {comparison: "<=", limit: 1000000000000});
errors++;
}
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/tokensPerSession", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.stepsPerMessage !== undefined && func0.call(data, "stepsPerMessage")){
let data4 = data.stepsPerMessage;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.toolCallsPerSession !== undefined && func0.call(data, "toolCallsPerSession")){
let data5 = data.toolCallsPerSession;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/toolCallsPerSession", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000000 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/toolCallsPerSession", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data5 < 1 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/toolCallsPerSession", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.repeatedToolCalls !== undefined && func0.call(data, "repeatedToolCalls")){
let data6 = data.repeatedToolCalls;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/repeatedToolCalls", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/repeatedToolCalls", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data6 < 1 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/repeatedToolCalls", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.concurrentSessions !== undefined && func0.call(data, "concurrentSessions")){
let data7 = data.concurrentSessions;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "type", {type: "integer"});
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 100000 || isNaN(data7)){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "maximum", {comparison: "<=", limit: 100000});
errors++;
}
if(data7 < 1 || isNaN(data7)){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.timePerMessage !== undefined && func0.call(data, "timePerMessage")){
if(!(validate36(data.timePerMessage, instancePath+"/timePerMessage"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate103.errors = vErrors;
return errors === 0;
}
const schema37 = {"type":"object","additionalProperties":false,"properties":{"log":{"type":"string","enum":["off","metadata","content"]},"showThinking":{"type":"boolean"},"showToolCalls":{"type":"boolean"}}};
function validate106(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "log") || (key0 === "showThinking")) || (key0 === "showToolCalls"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.log !== undefined && func0.call(data, "log")){
let data0 = data.log;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/log", "type", {type: "string"});
errors++;
}
if(!(((data0 === "off") || (data0 === "metadata")) || (data0 === "content"))){
vErrors = add(vErrors, instancePath+"/log", "enum", {allowedValues: schema37.properties.log.enum});
errors++;
}
}
if(data.showThinking !== undefined && func0.call(data, "showThinking")){
if(typeof data.showThinking !== "boolean"){
vErrors = add(vErrors, instancePath+"/showThinking", "type", {type: "boolean"});
errors++;
}
}
if(data.showToolCalls !== undefined && func0.call(data, "showToolCalls")){
if(typeof data.showToolCalls !== "boolean"){
vErrors = add(vErrors, instancePath+"/showToolCalls", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate106.errors = vErrors;
return errors === 0;
}
const pattern18 = new RegExp(source13, "u");
function validate27(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.model === undefined) || (!(func0.call(data, "model")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "model"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema10.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
if(!(validate30(data.identity, instancePath+"/identity"))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined && func0.call(data, "model")){
if(!(validate34(data.model, instancePath+"/model"))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.fallbacks !== undefined && func0.call(data, "fallbacks")){
let data3 = data.fallbacks;
if(Array.isArray(data3)){
if(data3.length > 16){
vErrors = add(vErrors, instancePath+"/fallbacks", "maxItems", {limit: 16});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate34(data3[i0], instancePath+"/fallbacks/" + i0))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/fallbacks", "type", {type: "array"});
errors++;
}
}
if(data.imageModel !== undefined && func0.call(data, "imageModel")){
if(!(validate34(data.imageModel, instancePath+"/imageModel"))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.utilityModel !== undefined && func0.call(data, "utilityModel")){
if(!(validate34(data.utilityModel, instancePath+"/utilityModel"))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined && func0.call(data, "skills")){
let data8 = data.skills;
if(Array.isArray(data8)){
if(data8.length > 256){
vErrors = add(vErrors, instancePath+"/skills", "maxItems", {limit: 256});
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(func54(data9) > 63){
vErrors = add(vErrors, instancePath+"/skills/" + i1, "maxLength", {limit: 63});
errors++;
}
if(func54(data9) < 1){
vErrors = add(vErrors, instancePath+"/skills/" + i1, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data9)){
vErrors = add(vErrors, instancePath+"/skills/" + i1, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/skills/" + i1, "type", {type: "string"});
errors++;
}
}
let i2 = data8.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data8[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/skills", "uniqueItems", {i: i2, j: j0});
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/skills", "type", {type: "array"});
errors++;
}
}
if(data.mcpServers !== undefined && func0.call(data, "mcpServers")){
let data10 = data.mcpServers;
if(Array.isArray(data10)){
if(data10.length > 256){
vErrors = add(vErrors, instancePath+"/mcpServers", "maxItems", {limit: 256});
errors++;
}
const len2 = data10.length;
for(let i3=0; i3<len2; i3++){
let data11 = data10[i3];
if(typeof data11 === "string"){
if(func54(data11) > 63){
vErrors = add(vErrors, instancePath+"/mcpServers/" + i3, "maxLength", {limit: 63});
errors++;
}
if(func54(data11) < 1){
vErrors = add(vErrors, instancePath+"/mcpServers/" + i3, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data11)){
vErrors = add(vErrors, instancePath+"/mcpServers/" + i3, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/mcpServers/" + i3, "type", {type: "string"});
errors++;
}
}
let i4 = data10.length;
let j1;
if(i4 > 1){
const indices1 = {};
for(;i4--;){
let item1 = data10[i4];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/mcpServers", "uniqueItems", {i: i4, j: j1});
errors++;
break;
}
indices1[item1] = i4;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/mcpServers", "type", {type: "array"});
errors++;
}
}
if(data.capabilities !== undefined && func0.call(data, "capabilities")){
let data12 = data.capabilities;
if(Array.isArray(data12)){
if(data12.length > 1000){
vErrors = add(vErrors, instancePath+"/capabilities", "maxItems", {limit: 1000});
errors++;
}
const len3 = data12.length;
for(let i5=0; i5<len3; i5++){
if(!(validate45(data12[i5], instancePath+"/capabilities/" + i5))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities", "type", {type: "array"});
errors++;
}
}
if(data.subAgents !== undefined && func0.call(data, "subAgents")){
let data14 = data.subAgents;
if(Array.isArray(data14)){
if(data14.length > 256){
vErrors = add(vErrors, instancePath+"/subAgents", "maxItems", {limit: 256});
errors++;
}
const len4 = data14.length;
for(let i6=0; i6<len4; i6++){
let data15 = data14[i6];
if(typeof data15 === "string"){
if(func54(data15) > 63){
vErrors = add(vErrors, instancePath+"/subAgents/" + i6, "maxLength", {limit: 63});
errors++;
}
if(func54(data15) < 1){
vErrors = add(vErrors, instancePath+"/subAgents/" + i6, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data15)){
vErrors = add(vErrors, instancePath+"/subAgents/" + i6, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/subAgents/" + i6, "type", {type: "string"});
errors++;
}
}
let i7 = data14.length;
let j2;
if(i7 > 1){
const indices2 = {};
for(;i7--;){
let item2 = data14[i7];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/subAgents", "uniqueItems", {i: i7, j: j2});
errors++;
break;
}
indices2[item2] = i7;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/subAgents", "type", {type: "array"});
errors++;
}
}
if(data.delegation !== undefined && func0.call(data, "delegation")){
if(!(validate59(data.delegation, instancePath+"/delegation"))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.workspace !== undefined && func0.call(data, "workspace")){
if(!(validate64(data.workspace, instancePath+"/workspace"))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.sessions !== undefined && func0.call(data, "sessions")){
if(!(validate71(data.sessions, instancePath+"/sessions"))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.compaction !== undefined && func0.call(data, "compaction")){
if(!(validate77(data.compaction, instancePath+"/compaction"))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data.contextPruning !== undefined && func0.call(data, "contextPruning")){
if(!(validate83(data.contextPruning, instancePath+"/contextPruning"))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.groupChat !== undefined && func0.call(data, "groupChat")){
if(!(validate86(data.groupChat, instancePath+"/groupChat"))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.timezone !== undefined && func0.call(data, "timezone")){
let data22 = data.timezone;
if(typeof data22 === "string"){
if(func54(data22) > 64){
vErrors = add(vErrors, instancePath+"/timezone", "maxLength", {limit: 64});
errors++;
}
if(!pattern18.test(data22)){
vErrors = add(vErrors, instancePath+"/timezone", "pattern", {pattern: source13});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/timezone", "type", {type: "string"});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate88(data.memory, instancePath+"/memory"))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
if(data.sandbox !== undefined && func0.call(data, "sandbox")){
if(!(validate98(data.sandbox, instancePath+"/sandbox"))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.budgets !== undefined && func0.call(data, "budgets")){
if(!(validate103(data.budgets, instancePath+"/budgets"))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.debug !== undefined && func0.call(data, "debug")){
if(!(validate106(data.debug, instancePath+"/debug"))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}
function validate22(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Agent" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Agent"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate27(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
export const Channel = validate109;
const schema39 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"description":{"$ref":"#/$defs/common_description"},"type":{"type":"string","enum":["web","webhook","telegram","discord","slack","whatsapp","signal","imessage","matrix","mattermost","irc","email","plugin"]},"plugin":{"$ref":"#/$defs/common_name"},"enabled":{"type":"boolean"},"connection":{"$ref":"#/$defs/channel_connection"},"credentials":{"$ref":"#/$defs/channel_credentials"},"accounts":{"type":"array","maxItems":256,"items":{"$ref":"#/$defs/channel_account"}},"routing":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/channel_route"}},"access":{"$ref":"#/$defs/channel_access"},"rateLimits":{"$ref":"#/$defs/channel_rateLimits"},"dataClass":{"$ref":"#/$defs/common_dataClass"},"delivery":{"$ref":"#/$defs/channel_delivery"},"commands":{"$ref":"#/$defs/channel_commands"},"history":{"$ref":"#/$defs/channel_history"},"actions":{"type":"object","maxProperties":100,"propertyNames":{"type":"string","maxLength":63,"pattern":"^[a-z][A-Za-z0-9]*$"},"additionalProperties":{"type":"boolean"}}}};
const schema40 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["socket","webhook","polling"]},"endpoint":{"$ref":"#/$defs/common_httpUrl"},"server":{"$ref":"#/$defs/channel_server"},"outgoing":{"$ref":"#/$defs/channel_server"},"webhook":{"$ref":"#/$defs/channel_webhook"},"proxy":{"$ref":"#/$defs/common_httpUrl"},"appId":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"tenantId":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"userId":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"phoneNumber":{"type":"string","minLength":1,"maxLength":32,"pattern":"^\\+?[0-9]{3,20}$"},"address":{"type":"string","minLength":1,"maxLength":320,"pattern":"^[^\\s@\\p{Cc}\\p{Cf}]+@[^\\s@\\p{Cc}\\p{Cf}]+$"},"nick":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"rooms":{"type":"array","maxItems":1000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"}}}};
const formats4 = FORMATS.uri;
const pattern22 = new RegExp(source14, "u");
function validate115(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 2048){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 2048});
errors++;
}
if(!pattern22.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source14});
errors++;
}
if(!(formats4(data))){
vErrors = add(vErrors, instancePath, "format", {format: "uri"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate115.errors = vErrors;
return errors === 0;
}
const pattern23 = new RegExp(source15, "u");
function validate117(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.host === undefined) || (!(func0.call(data, "host")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "host"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "host") || (key0 === "port")) || (key0 === "tls"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.host !== undefined && func0.call(data, "host")){
let data0 = data.host;
if(typeof data0 === "string"){
if(func54(data0) > 253){
vErrors = add(vErrors, instancePath+"/host", "maxLength", {limit: 253});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/host", "minLength", {limit: 1});
errors++;
}
if(!pattern23.test(data0)){
vErrors = add(vErrors, instancePath+"/host", "pattern", {pattern: source15});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/host", "type", {type: "string"});
errors++;
}
}
if(data.port !== undefined && func0.call(data, "port")){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/port", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/port", "maximum", {comparison: "<=", limit: 65535});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/port", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.tls !== undefined && func0.call(data, "tls")){
if(typeof data.tls !== "boolean"){
vErrors = add(vErrors, instancePath+"/tls", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate117.errors = vErrors;
return errors === 0;
}
const pattern24 = new RegExp(source16, "u");
function validate120(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "path") || (key0 === "url")) || (key0 === "maxBytes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
let data0 = data.path;
if(typeof data0 === "string"){
if(func54(data0) > 512){
vErrors = add(vErrors, instancePath+"/path", "maxLength", {limit: 512});
errors++;
}
if(!pattern24.test(data0)){
vErrors = add(vErrors, instancePath+"/path", "pattern", {pattern: source16});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
if(!(validate115(data.url, instancePath+"/url"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate120.errors = vErrors;
return errors === 0;
}
const pattern28 = new RegExp(source17, "u");
const pattern29 = new RegExp(source18, "u");
function validate114(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema40.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!(((data0 === "socket") || (data0 === "webhook")) || (data0 === "polling"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema40.properties.mode.enum});
errors++;
}
}
if(data.endpoint !== undefined && func0.call(data, "endpoint")){
if(!(validate115(data.endpoint, instancePath+"/endpoint"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.server !== undefined && func0.call(data, "server")){
if(!(validate117(data.server, instancePath+"/server"))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
if(data.outgoing !== undefined && func0.call(data, "outgoing")){
if(!(validate117(data.outgoing, instancePath+"/outgoing"))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined && func0.call(data, "webhook")){
if(!(validate120(data.webhook, instancePath+"/webhook"))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
errors = vErrors.length;
}
}
if(data.proxy !== undefined && func0.call(data, "proxy")){
if(!(validate115(data.proxy, instancePath+"/proxy"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.appId !== undefined && func0.call(data, "appId")){
let data6 = data.appId;
if(typeof data6 === "string"){
if(func54(data6) > 256){
vErrors = add(vErrors, instancePath+"/appId", "maxLength", {limit: 256});
errors++;
}
if(func54(data6) < 1){
vErrors = add(vErrors, instancePath+"/appId", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data6)){
vErrors = add(vErrors, instancePath+"/appId", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/appId", "type", {type: "string"});
errors++;
}
}
if(data.tenantId !== undefined && func0.call(data, "tenantId")){
let data7 = data.tenantId;
if(typeof data7 === "string"){
if(func54(data7) > 256){
vErrors = add(vErrors, instancePath+"/tenantId", "maxLength", {limit: 256});
errors++;
}
if(func54(data7) < 1){
vErrors = add(vErrors, instancePath+"/tenantId", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data7)){
vErrors = add(vErrors, instancePath+"/tenantId", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tenantId", "type", {type: "string"});
errors++;
}
}
if(data.userId !== undefined && func0.call(data, "userId")){
let data8 = data.userId;
if(typeof data8 === "string"){
if(func54(data8) > 256){
vErrors = add(vErrors, instancePath+"/userId", "maxLength", {limit: 256});
errors++;
}
if(func54(data8) < 1){
vErrors = add(vErrors, instancePath+"/userId", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data8)){
vErrors = add(vErrors, instancePath+"/userId", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/userId", "type", {type: "string"});
errors++;
}
}
if(data.phoneNumber !== undefined && func0.call(data, "phoneNumber")){
let data9 = data.phoneNumber;
if(typeof data9 === "string"){
if(func54(data9) > 32){
vErrors = add(vErrors, instancePath+"/phoneNumber", "maxLength", {limit: 32});
errors++;
}
if(func54(data9) < 1){
vErrors = add(vErrors, instancePath+"/phoneNumber", "minLength", {limit: 1});
errors++;
}
if(!pattern28.test(data9)){
vErrors = add(vErrors, instancePath+"/phoneNumber", "pattern", {pattern: source17});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/phoneNumber", "type", {type: "string"});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
let data10 = data.address;
if(typeof data10 === "string"){
if(func54(data10) > 320){
vErrors = add(vErrors, instancePath+"/address", "maxLength", {limit: 320});
errors++;
}
if(func54(data10) < 1){
vErrors = add(vErrors, instancePath+"/address", "minLength", {limit: 1});
errors++;
}
if(!pattern29.test(data10)){
vErrors = add(vErrors, instancePath+"/address", "pattern", {pattern: source18});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/address", "type", {type: "string"});
errors++;
}
}
if(data.nick !== undefined && func0.call(data, "nick")){
let data11 = data.nick;
if(typeof data11 === "string"){
if(func54(data11) > 64){
vErrors = add(vErrors, instancePath+"/nick", "maxLength", {limit: 64});
errors++;
}
if(func54(data11) < 1){
vErrors = add(vErrors, instancePath+"/nick", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data11)){
vErrors = add(vErrors, instancePath+"/nick", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/nick", "type", {type: "string"});
errors++;
}
}
if(data.rooms !== undefined && func0.call(data, "rooms")){
let data12 = data.rooms;
if(Array.isArray(data12)){
if(data12.length > 1000){
vErrors = add(vErrors, instancePath+"/rooms", "maxItems", {limit: 1000});
errors++;
}
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
let data13 = data12[i0];
if(typeof data13 === "string"){
if(func54(data13) > 256){
vErrors = add(vErrors, instancePath+"/rooms/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data13) < 1){
vErrors = add(vErrors, instancePath+"/rooms/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data13)){
vErrors = add(vErrors, instancePath+"/rooms/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/rooms/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data12.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data12[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/rooms", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rooms", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate114.errors = vErrors;
return errors === 0;
}
const pattern32 = new RegExp(source19, "u");
function validate129(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 128){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 128});
errors++;
}
if(func54(data) < 1){
vErrors = add(vErrors, instancePath, "minLength", {limit: 1});
errors++;
}
if(!pattern32.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate129.errors = vErrors;
return errors === 0;
}
function validate127(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.secret === undefined) || (!(func0.call(data, "secret")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "secret"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "secret") || (key0 === "key"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.secret !== undefined && func0.call(data, "secret")){
if(!(validate24(data.secret, instancePath+"/secret"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate129(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate127.errors = vErrors;
return errors === 0;
}
function validate126(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((((key0 === "token") || (key0 === "appToken")) || (key0 === "userToken")) || (key0 === "signingSecret")) || (key0 === "webhookSecret")) || (key0 === "verifyToken")) || (key0 === "appSecret")) || (key0 === "password"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.token !== undefined && func0.call(data, "token")){
if(!(validate127(data.token, instancePath+"/token"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.appToken !== undefined && func0.call(data, "appToken")){
if(!(validate127(data.appToken, instancePath+"/appToken"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.userToken !== undefined && func0.call(data, "userToken")){
if(!(validate127(data.userToken, instancePath+"/userToken"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.signingSecret !== undefined && func0.call(data, "signingSecret")){
if(!(validate127(data.signingSecret, instancePath+"/signingSecret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.webhookSecret !== undefined && func0.call(data, "webhookSecret")){
if(!(validate127(data.webhookSecret, instancePath+"/webhookSecret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.verifyToken !== undefined && func0.call(data, "verifyToken")){
if(!(validate127(data.verifyToken, instancePath+"/verifyToken"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.appSecret !== undefined && func0.call(data, "appSecret")){
if(!(validate127(data.appSecret, instancePath+"/appSecret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.password !== undefined && func0.call(data, "password")){
if(!(validate127(data.password, instancePath+"/password"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate126.errors = vErrors;
return errors === 0;
}
const schema48 = {"type":"object","additionalProperties":false,"properties":{"direct":{"type":"string","enum":["off","pairing","allowlist","open"]},"allow":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s*\\p{Cc}\\p{Cf}]+$"}},"groups":{"$ref":"#/$defs/channel_groups"},"bots":{"type":"string","enum":["ignore","mentions","allow"]},"owners":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s*\\p{Cc}\\p{Cf}]+$"}},"pairing":{"$ref":"#/$defs/channel_pairing"}}};
const pattern34 = new RegExp(source20, "u");
const schema49 = {"type":"object","additionalProperties":false,"properties":{"policy":{"type":"string","enum":["off","allowlist","open"]},"requireMention":{"type":"boolean"},"mentions":{"type":"array","maxItems":64,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[^\\p{Cc}\\p{Cf}]+$"}},"allow":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s*\\p{Cc}\\p{Cf}]+$"}},"rooms":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/channel_room"}}}};
const schema50 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"description":{"$ref":"#/$defs/common_description"},"enabled":{"type":"boolean"},"requireMention":{"type":"boolean"},"allow":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s*\\p{Cc}\\p{Cf}]+$"}},"bots":{"type":"string","enum":["ignore","mentions","allow"]},"prompt":{"$ref":"#/$defs/common_fileText"},"skills":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"topics":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/channel_topic"}}}};
function validate148(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.id === undefined) || (!(func0.call(data, "id")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "id"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "id") || (key0 === "description")) || (key0 === "enabled")) || (key0 === "requireMention")) || (key0 === "prompt"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.id !== undefined && func0.call(data, "id")){
let data0 = data.id;
if(typeof data0 === "string"){
if(func54(data0) > 256){
vErrors = add(vErrors, instancePath+"/id", "maxLength", {limit: 256});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/id", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data0)){
vErrors = add(vErrors, instancePath+"/id", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.requireMention !== undefined && func0.call(data, "requireMention")){
if(typeof data.requireMention !== "boolean"){
vErrors = add(vErrors, instancePath+"/requireMention", "type", {type: "boolean"});
errors++;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate148.errors = vErrors;
return errors === 0;
}
function validate145(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.id === undefined) || (!(func0.call(data, "id")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "id"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema50.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.id !== undefined && func0.call(data, "id")){
let data0 = data.id;
if(typeof data0 === "string"){
if(func54(data0) > 256){
vErrors = add(vErrors, instancePath+"/id", "maxLength", {limit: 256});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/id", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data0)){
vErrors = add(vErrors, instancePath+"/id", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.requireMention !== undefined && func0.call(data, "requireMention")){
if(typeof data.requireMention !== "boolean"){
vErrors = add(vErrors, instancePath+"/requireMention", "type", {type: "boolean"});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data4 = data.allow;
if(Array.isArray(data4)){
if(data4.length > 10000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 10000});
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(func54(data5) > 256){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data5)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data4.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data4[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
if(data.bots !== undefined && func0.call(data, "bots")){
let data6 = data.bots;
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/bots", "type", {type: "string"});
errors++;
}
if(!(((data6 === "ignore") || (data6 === "mentions")) || (data6 === "allow"))){
vErrors = add(vErrors, instancePath+"/bots", "enum", {allowedValues: schema50.properties.bots.enum});
errors++;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined && func0.call(data, "skills")){
let data8 = data.skills;
if(Array.isArray(data8)){
if(data8.length > 256){
vErrors = add(vErrors, instancePath+"/skills", "maxItems", {limit: 256});
errors++;
}
const len1 = data8.length;
for(let i2=0; i2<len1; i2++){
let data9 = data8[i2];
if(typeof data9 === "string"){
if(func54(data9) > 63){
vErrors = add(vErrors, instancePath+"/skills/" + i2, "maxLength", {limit: 63});
errors++;
}
if(func54(data9) < 1){
vErrors = add(vErrors, instancePath+"/skills/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data9)){
vErrors = add(vErrors, instancePath+"/skills/" + i2, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/skills/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data8.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data8[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/skills", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/skills", "type", {type: "array"});
errors++;
}
}
if(data.topics !== undefined && func0.call(data, "topics")){
let data10 = data.topics;
if(Array.isArray(data10)){
if(data10.length > 10000){
vErrors = add(vErrors, instancePath+"/topics", "maxItems", {limit: 10000});
errors++;
}
const len2 = data10.length;
for(let i4=0; i4<len2; i4++){
if(!(validate148(data10[i4], instancePath+"/topics/" + i4))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/topics", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate145.errors = vErrors;
return errors === 0;
}
function validate144(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "policy") || (key0 === "requireMention")) || (key0 === "mentions")) || (key0 === "allow")) || (key0 === "rooms"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.policy !== undefined && func0.call(data, "policy")){
let data0 = data.policy;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/policy", "type", {type: "string"});
errors++;
}
if(!(((data0 === "off") || (data0 === "allowlist")) || (data0 === "open"))){
vErrors = add(vErrors, instancePath+"/policy", "enum", {allowedValues: schema49.properties.policy.enum});
errors++;
}
}
if(data.requireMention !== undefined && func0.call(data, "requireMention")){
if(typeof data.requireMention !== "boolean"){
vErrors = add(vErrors, instancePath+"/requireMention", "type", {type: "boolean"});
errors++;
}
}
if(data.mentions !== undefined && func0.call(data, "mentions")){
let data2 = data.mentions;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/mentions", "maxItems", {limit: 64});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 128){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "maxLength", {limit: 128});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data3)){
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/mentions/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/mentions", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/mentions", "type", {type: "array"});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data4 = data.allow;
if(Array.isArray(data4)){
if(data4.length > 10000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 10000});
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(func54(data5) > 256){
vErrors = add(vErrors, instancePath+"/allow/" + i2, "maxLength", {limit: 256});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data5)){
vErrors = add(vErrors, instancePath+"/allow/" + i2, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data4[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
if(data.rooms !== undefined && func0.call(data, "rooms")){
let data6 = data.rooms;
if(Array.isArray(data6)){
if(data6.length > 10000){
vErrors = add(vErrors, instancePath+"/rooms", "maxItems", {limit: 10000});
errors++;
}
const len2 = data6.length;
for(let i4=0; i4<len2; i4++){
if(!(validate145(data6[i4], instancePath+"/rooms/" + i4))){
vErrors = vErrors === null ? validate145.errors : vErrors.concat(validate145.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rooms", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate144.errors = vErrors;
return errors === 0;
}
function validate154(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "expiresAfter") || (key0 === "maxPending"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.expiresAfter !== undefined && func0.call(data, "expiresAfter")){
if(!(validate36(data.expiresAfter, instancePath+"/expiresAfter"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.maxPending !== undefined && func0.call(data, "maxPending")){
let data1 = data.maxPending;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/maxPending", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/maxPending", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/maxPending", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate154.errors = vErrors;
return errors === 0;
}
function validate143(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "direct") || (key0 === "allow")) || (key0 === "groups")) || (key0 === "bots")) || (key0 === "owners")) || (key0 === "pairing"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.direct !== undefined && func0.call(data, "direct")){
let data0 = data.direct;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/direct", "type", {type: "string"});
errors++;
}
if(!((((data0 === "off") || (data0 === "pairing")) || (data0 === "allowlist")) || (data0 === "open"))){
vErrors = add(vErrors, instancePath+"/direct", "enum", {allowedValues: schema48.properties.direct.enum});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data1 = data.allow;
if(Array.isArray(data1)){
if(data1.length > 10000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 10000});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data2)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
if(data.groups !== undefined && func0.call(data, "groups")){
if(!(validate144(data.groups, instancePath+"/groups"))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
if(data.bots !== undefined && func0.call(data, "bots")){
let data4 = data.bots;
if(typeof data4 !== "string"){
vErrors = add(vErrors, instancePath+"/bots", "type", {type: "string"});
errors++;
}
if(!(((data4 === "ignore") || (data4 === "mentions")) || (data4 === "allow"))){
vErrors = add(vErrors, instancePath+"/bots", "enum", {allowedValues: schema48.properties.bots.enum});
errors++;
}
}
if(data.owners !== undefined && func0.call(data, "owners")){
let data5 = data.owners;
if(Array.isArray(data5)){
if(data5.length > 10000){
vErrors = add(vErrors, instancePath+"/owners", "maxItems", {limit: 10000});
errors++;
}
const len1 = data5.length;
for(let i2=0; i2<len1; i2++){
let data6 = data5[i2];
if(typeof data6 === "string"){
if(func54(data6) > 256){
vErrors = add(vErrors, instancePath+"/owners/" + i2, "maxLength", {limit: 256});
errors++;
}
if(func54(data6) < 1){
vErrors = add(vErrors, instancePath+"/owners/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data6)){
vErrors = add(vErrors, instancePath+"/owners/" + i2, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/owners/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data5.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data5[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/owners", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/owners", "type", {type: "array"});
errors++;
}
}
if(data.pairing !== undefined && func0.call(data, "pairing")){
if(!(validate154(data.pairing, instancePath+"/pairing"))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate143.errors = vErrors;
return errors === 0;
}
function validate140(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "name") || (key0 === "displayName")) || (key0 === "enabled")) || (key0 === "credentials")) || (key0 === "connection")) || (key0 === "access"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 63});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern32.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.displayName !== undefined && func0.call(data, "displayName")){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/displayName", "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/displayName", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/displayName", "type", {type: "string"});
errors++;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
if(!(validate126(data.credentials, instancePath+"/credentials"))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
if(data.connection !== undefined && func0.call(data, "connection")){
if(!(validate114(data.connection, instancePath+"/connection"))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.access !== undefined && func0.call(data, "access")){
if(!(validate143(data.access, instancePath+"/access"))){
vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate140.errors = vErrors;
return errors === 0;
}
const schema55 = {"type":"object","additionalProperties":false,"required":["kind"],"properties":{"kind":{"type":"string","enum":["direct","group","channel"]},"id":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"}}};
function validate161(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "kind") || (key0 === "id"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data0 = data.kind;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if(!(((data0 === "direct") || (data0 === "group")) || (data0 === "channel"))){
vErrors = add(vErrors, instancePath+"/kind", "enum", {allowedValues: schema55.properties.kind.enum});
errors++;
}
}
if(data.id !== undefined && func0.call(data, "id")){
let data1 = data.id;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/id", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/id", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/id", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate161.errors = vErrors;
return errors === 0;
}
function validate160(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "account") || (key0 === "peer")) || (key0 === "thread")) || (key0 === "guild")) || (key0 === "team")) || (key0 === "roles"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.account !== undefined && func0.call(data, "account")){
let data0 = data.account;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/account", "maxLength", {limit: 63});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/account", "minLength", {limit: 1});
errors++;
}
if(!pattern32.test(data0)){
vErrors = add(vErrors, instancePath+"/account", "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/account", "type", {type: "string"});
errors++;
}
}
if(data.peer !== undefined && func0.call(data, "peer")){
if(!(validate161(data.peer, instancePath+"/peer"))){
vErrors = vErrors === null ? validate161.errors : vErrors.concat(validate161.errors);
errors = vErrors.length;
}
}
if(data.thread !== undefined && func0.call(data, "thread")){
let data2 = data.thread;
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/thread", "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/thread", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data2)){
vErrors = add(vErrors, instancePath+"/thread", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/thread", "type", {type: "string"});
errors++;
}
}
if(data.guild !== undefined && func0.call(data, "guild")){
let data3 = data.guild;
if(typeof data3 === "string"){
if(func54(data3) > 256){
vErrors = add(vErrors, instancePath+"/guild", "maxLength", {limit: 256});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/guild", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data3)){
vErrors = add(vErrors, instancePath+"/guild", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/guild", "type", {type: "string"});
errors++;
}
}
if(data.team !== undefined && func0.call(data, "team")){
let data4 = data.team;
if(typeof data4 === "string"){
if(func54(data4) > 256){
vErrors = add(vErrors, instancePath+"/team", "maxLength", {limit: 256});
errors++;
}
if(func54(data4) < 1){
vErrors = add(vErrors, instancePath+"/team", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data4)){
vErrors = add(vErrors, instancePath+"/team", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/team", "type", {type: "string"});
errors++;
}
}
if(data.roles !== undefined && func0.call(data, "roles")){
let data5 = data.roles;
if(Array.isArray(data5)){
if(data5.length > 256){
vErrors = add(vErrors, instancePath+"/roles", "maxItems", {limit: 256});
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(func54(data6) > 256){
vErrors = add(vErrors, instancePath+"/roles/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data6) < 1){
vErrors = add(vErrors, instancePath+"/roles/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data6)){
vErrors = add(vErrors, instancePath+"/roles/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/roles/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/roles", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/roles", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate160.errors = vErrors;
return errors === 0;
}
function validate159(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.agent === undefined) || (!(func0.call(data, "agent")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "agent"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "match") || (key0 === "agent")) || (key0 === "description"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.match !== undefined && func0.call(data, "match")){
if(!(validate160(data.match, instancePath+"/match"))){
vErrors = vErrors === null ? validate160.errors : vErrors.concat(validate160.errors);
errors = vErrors.length;
}
}
if(data.agent !== undefined && func0.call(data, "agent")){
if(!(validate24(data.agent, instancePath+"/agent"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate159.errors = vErrors;
return errors === 0;
}
function validate168(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "perSender") || (key0 === "total")) || (key0 === "maxMessageBytes")) || (key0 === "maxMediaBytes")) || (key0 === "concurrency"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.perSender !== undefined && func0.call(data, "perSender")){
if(!(validate49(data.perSender, instancePath+"/perSender"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.total !== undefined && func0.call(data, "total")){
if(!(validate49(data.total, instancePath+"/total"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.maxMessageBytes !== undefined && func0.call(data, "maxMessageBytes")){
if(!(validate52(data.maxMessageBytes, instancePath+"/maxMessageBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.maxMediaBytes !== undefined && func0.call(data, "maxMediaBytes")){
if(!(validate52(data.maxMediaBytes, instancePath+"/maxMediaBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.concurrency !== undefined && func0.call(data, "concurrency")){
let data4 = data.concurrency;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/concurrency", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/concurrency", "maximum", {comparison: "<=", limit: 10000});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/concurrency", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate168.errors = vErrors;
return errors === 0;
}
const schema57 = {"type":"string","enum":["public","internal","confidential","restricted","local-only"]};
function validate174(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
if(!(((((data === "public") || (data === "internal")) || (data === "confidential")) || (data === "restricted")) || (data === "local-only"))){
vErrors = add(vErrors, instancePath, "enum", {allowedValues: schema57.enum});
errors++;
}
validate174.errors = vErrors;
return errors === 0;
}
const schema58 = {"type":"object","additionalProperties":false,"properties":{"streaming":{"type":"string","enum":["off","partial","block","progress"]},"format":{"type":"string","enum":["plain","markdown","html"]},"chunkChars":{"type":"integer","minimum":100,"maximum":100000},"replyTo":{"type":"string","enum":["off","first","all"]},"threads":{"type":"boolean"},"typing":{"type":"boolean"},"readReceipts":{"type":"boolean"},"debounce":{"$ref":"#/$defs/common_duration"},"acknowledge":{"$ref":"#/$defs/channel_acknowledge"},"reactions":{"type":"string","enum":["off","minimal","extensive"]},"linkPreviews":{"type":"boolean"},"linkHosts":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":253,"pattern":"^(\\*{1,2}\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$"}},"maxMediaBytes":{"$ref":"#/$defs/common_byteSize"}}};
const schema59 = {"type":"object","additionalProperties":false,"properties":{"emoji":{"type":"string","minLength":1,"maxLength":64},"scope":{"type":"string","enum":["off","direct","mentions","groups","all"]},"removeAfter":{"type":"boolean"}}};
function validate178(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "emoji") || (key0 === "scope")) || (key0 === "removeAfter"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.emoji !== undefined && func0.call(data, "emoji")){
let data0 = data.emoji;
if(typeof data0 === "string"){
if(func54(data0) > 64){
vErrors = add(vErrors, instancePath+"/emoji", "maxLength", {limit: 64});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/emoji", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/emoji", "type", {type: "string"});
errors++;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
let data1 = data.scope;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/scope", "type", {type: "string"});
errors++;
}
if(!(((((data1 === "off") || (data1 === "direct")) || (data1 === "mentions")) || (data1 === "groups")) || (data1 === "all"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema59.properties.scope.enum});
errors++;
}
}
if(data.removeAfter !== undefined && func0.call(data, "removeAfter")){
if(typeof data.removeAfter !== "boolean"){
vErrors = add(vErrors, instancePath+"/removeAfter", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate178.errors = vErrors;
return errors === 0;
}
const pattern48 = new RegExp(source21, "u");
function validate176(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema58.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.streaming !== undefined && func0.call(data, "streaming")){
let data0 = data.streaming;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/streaming", "type", {type: "string"});
errors++;
}
if(!((((data0 === "off") || (data0 === "partial")) || (data0 === "block")) || (data0 === "progress"))){
vErrors = add(vErrors, instancePath+"/streaming", "enum", {allowedValues: schema58.properties.streaming.enum});
errors++;
}
}
if(data.format !== undefined && func0.call(data, "format")){
let data1 = data.format;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/format", "type", {type: "string"});
errors++;
}
if(!(((data1 === "plain") || (data1 === "markdown")) || (data1 === "html"))){
vErrors = add(vErrors, instancePath+"/format", "enum", {allowedValues: schema58.properties.format.enum});
errors++;
}
}
if(data.chunkChars !== undefined && func0.call(data, "chunkChars")){
let data2 = data.chunkChars;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/chunkChars", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/chunkChars", "maximum", {comparison: "<=", limit: 100000});
errors++;
}
if(data2 < 100 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/chunkChars", "minimum", {comparison: ">=", limit: 100});
errors++;
}
}
}
if(data.replyTo !== undefined && func0.call(data, "replyTo")){
let data3 = data.replyTo;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/replyTo", "type", {type: "string"});
errors++;
}
if(!(((data3 === "off") || (data3 === "first")) || (data3 === "all"))){
vErrors = add(vErrors, instancePath+"/replyTo", "enum", {allowedValues: schema58.properties.replyTo.enum});
errors++;
}
}
if(data.threads !== undefined && func0.call(data, "threads")){
if(typeof data.threads !== "boolean"){
vErrors = add(vErrors, instancePath+"/threads", "type", {type: "boolean"});
errors++;
}
}
if(data.typing !== undefined && func0.call(data, "typing")){
if(typeof data.typing !== "boolean"){
vErrors = add(vErrors, instancePath+"/typing", "type", {type: "boolean"});
errors++;
}
}
if(data.readReceipts !== undefined && func0.call(data, "readReceipts")){
if(typeof data.readReceipts !== "boolean"){
vErrors = add(vErrors, instancePath+"/readReceipts", "type", {type: "boolean"});
errors++;
}
}
if(data.debounce !== undefined && func0.call(data, "debounce")){
if(!(validate36(data.debounce, instancePath+"/debounce"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.acknowledge !== undefined && func0.call(data, "acknowledge")){
if(!(validate178(data.acknowledge, instancePath+"/acknowledge"))){
vErrors = vErrors === null ? validate178.errors : vErrors.concat(validate178.errors);
errors = vErrors.length;
}
}
if(data.reactions !== undefined && func0.call(data, "reactions")){
let data9 = data.reactions;
if(typeof data9 !== "string"){
vErrors = add(vErrors, instancePath+"/reactions", "type", {type: "string"});
errors++;
}
if(!(((data9 === "off") || (data9 === "minimal")) || (data9 === "extensive"))){
vErrors = add(vErrors, instancePath+"/reactions", "enum", {allowedValues: schema58.properties.reactions.enum});
errors++;
}
}
if(data.linkPreviews !== undefined && func0.call(data, "linkPreviews")){
if(typeof data.linkPreviews !== "boolean"){
vErrors = add(vErrors, instancePath+"/linkPreviews", "type", {type: "boolean"});
errors++;
}
}
if(data.linkHosts !== undefined && func0.call(data, "linkHosts")){
let data11 = data.linkHosts;
if(Array.isArray(data11)){
if(data11.length > 256){
vErrors = add(vErrors, instancePath+"/linkHosts", "maxItems", {limit: 256});
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(typeof data12 === "string"){
if(func54(data12) > 253){
vErrors = add(vErrors, instancePath+"/linkHosts/" + i0, "maxLength", {limit: 253});
errors++;
}
if(func54(data12) < 1){
vErrors = add(vErrors, instancePath+"/linkHosts/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern48.test(data12)){
vErrors = add(vErrors, instancePath+"/linkHosts/" + i0, "pattern", {pattern: source21});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/linkHosts/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data11.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data11[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/linkHosts", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/linkHosts", "type", {type: "array"});
errors++;
}
}
if(data.maxMediaBytes !== undefined && func0.call(data, "maxMediaBytes")){
if(!(validate52(data.maxMediaBytes, instancePath+"/maxMediaBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate176.errors = vErrors;
return errors === 0;
}
const schema60 = {"type":"object","additionalProperties":false,"properties":{"native":{"type":"string","enum":["auto","on","off"]},"skills":{"type":"string","enum":["auto","on","off"]},"restart":{"type":"boolean"},"custom":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/channel_command"}}}};
const pattern49 = new RegExp(source22, "u");
function validate183(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.description === undefined) || (!(func0.call(data, "description")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "description"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "name") || (key0 === "description")) || (key0 === "prompt"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 32){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 32});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern49.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source22});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
let data1 = data.description;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/description", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/description", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/description", "type", {type: "string"});
errors++;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
let data2 = data.prompt;
if(typeof data2 === "string"){
if(func54(data2) > 4096){
vErrors = add(vErrors, instancePath+"/prompt", "maxLength", {limit: 4096});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/prompt", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/prompt", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate183.errors = vErrors;
return errors === 0;
}
function validate182(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "native") || (key0 === "skills")) || (key0 === "restart")) || (key0 === "custom"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.native !== undefined && func0.call(data, "native")){
let data0 = data.native;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/native", "type", {type: "string"});
errors++;
}
if(!(((data0 === "auto") || (data0 === "on")) || (data0 === "off"))){
vErrors = add(vErrors, instancePath+"/native", "enum", {allowedValues: schema60.properties.native.enum});
errors++;
}
}
if(data.skills !== undefined && func0.call(data, "skills")){
let data1 = data.skills;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/skills", "type", {type: "string"});
errors++;
}
if(!(((data1 === "auto") || (data1 === "on")) || (data1 === "off"))){
vErrors = add(vErrors, instancePath+"/skills", "enum", {allowedValues: schema60.properties.skills.enum});
errors++;
}
}
if(data.restart !== undefined && func0.call(data, "restart")){
if(typeof data.restart !== "boolean"){
vErrors = add(vErrors, instancePath+"/restart", "type", {type: "boolean"});
errors++;
}
}
if(data.custom !== undefined && func0.call(data, "custom")){
let data3 = data.custom;
if(Array.isArray(data3)){
if(data3.length > 100){
vErrors = add(vErrors, instancePath+"/custom", "maxItems", {limit: 100});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate183(data3[i0], instancePath+"/custom/" + i0))){
vErrors = vErrors === null ? validate183.errors : vErrors.concat(validate183.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/custom", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate182.errors = vErrors;
return errors === 0;
}
function validate186(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "direct") || (key0 === "groups")) || (key0 === "threads"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.direct !== undefined && func0.call(data, "direct")){
let data0 = data.direct;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/direct", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/direct", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/direct", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.groups !== undefined && func0.call(data, "groups")){
let data1 = data.groups;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/groups", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/groups", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/groups", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.threads !== undefined && func0.call(data, "threads")){
let data2 = data.threads;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/threads", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/threads", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/threads", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate186.errors = vErrors;
return errors === 0;
}
const pattern50 = new RegExp(source23, "u");
function validate111(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.type === undefined) || (!(func0.call(data, "type")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "type"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema39.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.type !== undefined && func0.call(data, "type")){
let data1 = data.type;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/type", "type", {type: "string"});
errors++;
}
if(!(((((((((((((data1 === "web") || (data1 === "webhook")) || (data1 === "telegram")) || (data1 === "discord")) || (data1 === "slack")) || (data1 === "whatsapp")) || (data1 === "signal")) || (data1 === "imessage")) || (data1 === "matrix")) || (data1 === "mattermost")) || (data1 === "irc")) || (data1 === "email")) || (data1 === "plugin"))){
vErrors = add(vErrors, instancePath+"/type", "enum", {allowedValues: schema39.properties.type.enum});
errors++;
}
}
if(data.plugin !== undefined && func0.call(data, "plugin")){
if(!(validate24(data.plugin, instancePath+"/plugin"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.connection !== undefined && func0.call(data, "connection")){
if(!(validate114(data.connection, instancePath+"/connection"))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
if(!(validate126(data.credentials, instancePath+"/credentials"))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
if(data.accounts !== undefined && func0.call(data, "accounts")){
let data6 = data.accounts;
if(Array.isArray(data6)){
if(data6.length > 256){
vErrors = add(vErrors, instancePath+"/accounts", "maxItems", {limit: 256});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(!(validate140(data6[i0], instancePath+"/accounts/" + i0))){
vErrors = vErrors === null ? validate140.errors : vErrors.concat(validate140.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/accounts", "type", {type: "array"});
errors++;
}
}
if(data.routing !== undefined && func0.call(data, "routing")){
let data8 = data.routing;
if(Array.isArray(data8)){
if(data8.length > 10000){
vErrors = add(vErrors, instancePath+"/routing", "maxItems", {limit: 10000});
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
if(!(validate159(data8[i1], instancePath+"/routing/" + i1))){
vErrors = vErrors === null ? validate159.errors : vErrors.concat(validate159.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/routing", "type", {type: "array"});
errors++;
}
}
if(data.access !== undefined && func0.call(data, "access")){
if(!(validate143(data.access, instancePath+"/access"))){
vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
errors = vErrors.length;
}
}
if(data.rateLimits !== undefined && func0.call(data, "rateLimits")){
if(!(validate168(data.rateLimits, instancePath+"/rateLimits"))){
vErrors = vErrors === null ? validate168.errors : vErrors.concat(validate168.errors);
errors = vErrors.length;
}
}
if(data.dataClass !== undefined && func0.call(data, "dataClass")){
if(!(validate174(data.dataClass, instancePath+"/dataClass"))){
vErrors = vErrors === null ? validate174.errors : vErrors.concat(validate174.errors);
errors = vErrors.length;
}
}
if(data.delivery !== undefined && func0.call(data, "delivery")){
if(!(validate176(data.delivery, instancePath+"/delivery"))){
vErrors = vErrors === null ? validate176.errors : vErrors.concat(validate176.errors);
errors = vErrors.length;
}
}
if(data.commands !== undefined && func0.call(data, "commands")){
if(!(validate182(data.commands, instancePath+"/commands"))){
vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
errors = vErrors.length;
}
}
if(data.history !== undefined && func0.call(data, "history")){
if(!(validate186(data.history, instancePath+"/history"))){
vErrors = vErrors === null ? validate186.errors : vErrors.concat(validate186.errors);
errors = vErrors.length;
}
}
if(data.actions !== undefined && func0.call(data, "actions")){
let data16 = data.actions;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length > 100){
vErrors = add(vErrors, instancePath+"/actions", "maxProperties", {limit: 100});
errors++;
}
for(const key1 of Object.keys(data16)){
const _errs24 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 63){
vErrors = add(vErrors, instancePath+"/actions", "maxLength", {limit: 63}, key1);
errors++;
}
if(!pattern50.test(key1)){
vErrors = add(vErrors, instancePath+"/actions", "pattern", {pattern: source23}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/actions", "type", {type: "string"}, key1);
errors++;
}
var valid5 = _errs24 === errors;
if(!valid5){
vErrors = add(vErrors, instancePath+"/actions", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data16)){
if(typeof data16[key2] !== "boolean"){
vErrors = add(vErrors, instancePath+"/actions/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/actions", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}
function validate109(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Channel" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Channel"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate111(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate109.errors = vErrors;
return errors === 0;
}
export const McpServer = validate189;
const schema64 = {"type":"object","additionalProperties":false,"required":["transport"],"properties":{"description":{"$ref":"#/$defs/common_description"},"enabled":{"type":"boolean"},"transport":{"$ref":"#/$defs/mcpserver_transport"},"auth":{"$ref":"#/$defs/mcpserver_auth"},"tools":{"$ref":"#/$defs/mcpserver_tools"},"resources":{"$ref":"#/$defs/mcpserver_resources"},"prompts":{"$ref":"#/$defs/mcpserver_prompts"},"limits":{"$ref":"#/$defs/mcpserver_limits"},"sandbox":{"$ref":"#/$defs/mcpserver_sandbox"},"health":{"$ref":"#/$defs/mcpserver_health"},"lock":{"$ref":"#/$defs/mcpserver_lock"}}};
const pattern52 = new RegExp(source24, "u");
const pattern53 = new RegExp(source25, "u");
const schema67 = {"type":["string","object"],"maxLength":4096,"additionalProperties":false,"required":["secret"],"properties":{"secret":{"$ref":"#/$defs/common_name"},"key":{"$ref":"#/$defs/common_secretKey"}}};
function validate195(data, instancePath=""){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = add(vErrors, instancePath, "type", {type: schema67.type});
errors++;
}
if(typeof data === "string"){
if(func54(data) > 4096){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 4096});
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.secret === undefined) || (!(func0.call(data, "secret")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "secret"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "secret") || (key0 === "key"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.secret !== undefined && func0.call(data, "secret")){
if(!(validate24(data.secret, instancePath+"/secret"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate129(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
errors = vErrors.length;
}
}
}
validate195.errors = vErrors;
return errors === 0;
}
function validate194(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.command === undefined) || (!(func0.call(data, "command")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "command"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "command") || (key0 === "args")) || (key0 === "env")) || (key0 === "folder"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.command !== undefined && func0.call(data, "command")){
let data0 = data.command;
if(typeof data0 === "string"){
if(func54(data0) > 1024){
vErrors = add(vErrors, instancePath+"/command", "maxLength", {limit: 1024});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/command", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data0)){
vErrors = add(vErrors, instancePath+"/command", "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/command", "type", {type: "string"});
errors++;
}
}
if(data.args !== undefined && func0.call(data, "args")){
let data1 = data.args;
if(Array.isArray(data1)){
if(data1.length > 1000){
vErrors = add(vErrors, instancePath+"/args", "maxItems", {limit: 1000});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 4096){
vErrors = add(vErrors, instancePath+"/args/" + i0, "maxLength", {limit: 4096});
errors++;
}
if(!pattern52.test(data2)){
vErrors = add(vErrors, instancePath+"/args/" + i0, "pattern", {pattern: source24});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/args/" + i0, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/args", "type", {type: "array"});
errors++;
}
}
if(data.env !== undefined && func0.call(data, "env")){
let data3 = data.env;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length > 256){
vErrors = add(vErrors, instancePath+"/env", "maxProperties", {limit: 256});
errors++;
}
for(const key1 of Object.keys(data3)){
const _errs10 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 256){
vErrors = add(vErrors, instancePath+"/env", "maxLength", {limit: 256}, key1);
errors++;
}
if(!pattern53.test(key1)){
vErrors = add(vErrors, instancePath+"/env", "pattern", {pattern: source25}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/env", "type", {type: "string"}, key1);
errors++;
}
var valid3 = _errs10 === errors;
if(!valid3){
vErrors = add(vErrors, instancePath+"/env", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data3)){
if(!(validate195(data3[key2], instancePath+"/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/env", "type", {type: "object"});
errors++;
}
}
if(data.folder !== undefined && func0.call(data, "folder")){
if(!(validate31(data.folder, instancePath+"/folder"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate194.errors = vErrors;
return errors === 0;
}
const pattern54 = new RegExp(source26, "u");
function validate203(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 64){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 64});
errors++;
}
for(const key0 of Object.keys(data)){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func54(key0) > 128){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 128}, key0);
errors++;
}
if(!pattern54.test(key0)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source26}, key0);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"}, key0);
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
vErrors = add(vErrors, instancePath, "propertyNames", {propertyName: key0});
errors++;
}
}
for(const key1 of Object.keys(data)){
if(!(((((((key1 === "authorization") || (key1 === "proxy-authorization")) || (key1 === "cookie")) || (key1 === "api-key")) || (key1 === "x-api-key")) || (key1 === "x-goog-api-key")) || (key1 === "x-auth-token"))){
if(!(validate195(data[key1], instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
}
if(data.authorization !== undefined && func0.call(data, "authorization")){
if(!(validate127(data.authorization, instancePath+"/authorization"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data["proxy-authorization"] !== undefined && func0.call(data, "proxy-authorization")){
if(!(validate127(data["proxy-authorization"], instancePath+"/proxy-authorization"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.cookie !== undefined && func0.call(data, "cookie")){
if(!(validate127(data.cookie, instancePath+"/cookie"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data["api-key"] !== undefined && func0.call(data, "api-key")){
if(!(validate127(data["api-key"], instancePath+"/api-key"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data["x-api-key"] !== undefined && func0.call(data, "x-api-key")){
if(!(validate127(data["x-api-key"], instancePath+"/x-api-key"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data["x-goog-api-key"] !== undefined && func0.call(data, "x-goog-api-key")){
if(!(validate127(data["x-goog-api-key"], instancePath+"/x-goog-api-key"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data["x-auth-token"] !== undefined && func0.call(data, "x-auth-token")){
if(!(validate127(data["x-auth-token"], instancePath+"/x-auth-token"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate203.errors = vErrors;
return errors === 0;
}
function validate201(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.url === undefined) || (!(func0.call(data, "url")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "url"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "url") || (key0 === "headers"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
if(!(validate115(data.url, instancePath+"/url"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined && func0.call(data, "headers")){
if(!(validate203(data.headers, instancePath+"/headers"))){
vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate201.errors = vErrors;
return errors === 0;
}
function validate214(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.url === undefined) || (!(func0.call(data, "url")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "url"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "url") || (key0 === "headers"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
if(!(validate115(data.url, instancePath+"/url"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined && func0.call(data, "headers")){
if(!(validate203(data.headers, instancePath+"/headers"))){
vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate214.errors = vErrors;
return errors === 0;
}
const pattern55 = new RegExp(source27, "u");
function validate218(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.url === undefined) || (!(func0.call(data, "url")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "url"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "url") || (key0 === "headers"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
let data0 = data.url;
if(typeof data0 === "string"){
if(func54(data0) > 2048){
vErrors = add(vErrors, instancePath+"/url", "maxLength", {limit: 2048});
errors++;
}
if(!pattern55.test(data0)){
vErrors = add(vErrors, instancePath+"/url", "pattern", {pattern: source27});
errors++;
}
if(!(formats4(data0))){
vErrors = add(vErrors, instancePath+"/url", "format", {format: "uri"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/url", "type", {type: "string"});
errors++;
}
}
if(data.headers !== undefined && func0.call(data, "headers")){
if(!(validate203(data.headers, instancePath+"/headers"))){
vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate218.errors = vErrors;
return errors === 0;
}
function validate193(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 1});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "stdio") || (key0 === "http")) || (key0 === "sse")) || (key0 === "websocket"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.stdio !== undefined && func0.call(data, "stdio")){
if(!(validate194(data.stdio, instancePath+"/stdio"))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.http !== undefined && func0.call(data, "http")){
if(!(validate201(data.http, instancePath+"/http"))){
vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
errors = vErrors.length;
}
}
if(data.sse !== undefined && func0.call(data, "sse")){
if(!(validate214(data.sse, instancePath+"/sse"))){
vErrors = vErrors === null ? validate214.errors : vErrors.concat(validate214.errors);
errors = vErrors.length;
}
}
if(data.websocket !== undefined && func0.call(data, "websocket")){
if(!(validate218(data.websocket, instancePath+"/websocket"))){
vErrors = vErrors === null ? validate218.errors : vErrors.concat(validate218.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate193.errors = vErrors;
return errors === 0;
}
function validate223(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.token === undefined) || (!(func0.call(data, "token")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "token"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(key0 === "token")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.token !== undefined && func0.call(data, "token")){
if(!(validate127(data.token, instancePath+"/token"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate223.errors = vErrors;
return errors === 0;
}
function validate226(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.issuer === undefined) || (!(func0.call(data, "issuer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "issuer"});
errors++;
}
if((data.clientId === undefined) || (!(func0.call(data, "clientId")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "clientId"});
errors++;
}
if((data.clientSecret === undefined) || (!(func0.call(data, "clientSecret")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "clientSecret"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "issuer") || (key0 === "clientId")) || (key0 === "clientSecret")) || (key0 === "scopes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
if(!(validate115(data.issuer, instancePath+"/issuer"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.clientId !== undefined && func0.call(data, "clientId")){
let data1 = data.clientId;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/clientId", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/clientId", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/clientId", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/clientId", "type", {type: "string"});
errors++;
}
}
if(data.clientSecret !== undefined && func0.call(data, "clientSecret")){
if(!(validate127(data.clientSecret, instancePath+"/clientSecret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.scopes !== undefined && func0.call(data, "scopes")){
let data3 = data.scopes;
if(Array.isArray(data3)){
if(data3.length > 64){
vErrors = add(vErrors, instancePath+"/scopes", "maxItems", {limit: 64});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func54(data4) > 256){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data4) < 1){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data4)){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/scopes", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/scopes", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate226.errors = vErrors;
return errors === 0;
}
function validate222(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 1});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "bearer") || (key0 === "oauth"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.bearer !== undefined && func0.call(data, "bearer")){
if(!(validate223(data.bearer, instancePath+"/bearer"))){
vErrors = vErrors === null ? validate223.errors : vErrors.concat(validate223.errors);
errors = vErrors.length;
}
}
if(data.oauth !== undefined && func0.call(data, "oauth")){
if(!(validate226(data.oauth, instancePath+"/oauth"))){
vErrors = vErrors === null ? validate226.errors : vErrors.concat(validate226.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate222.errors = vErrors;
return errors === 0;
}
const pattern58 = new RegExp(source28, "u");
function validate231(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "allow") || (key0 === "deny"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data0 = data.allow;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern58.test(data1)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source28});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
if(data.deny !== undefined && func0.call(data, "deny")){
let data2 = data.deny;
if(Array.isArray(data2)){
if(data2.length > 1000){
vErrors = add(vErrors, instancePath+"/deny", "maxItems", {limit: 1000});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 128){
vErrors = add(vErrors, instancePath+"/deny/" + i2, "maxLength", {limit: 128});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/deny/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern58.test(data3)){
vErrors = add(vErrors, instancePath+"/deny/" + i2, "pattern", {pattern: source28});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/deny/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/deny", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/deny", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate231.errors = vErrors;
return errors === 0;
}
function validate233(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(key0 === "allow")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data0 = data.allow;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate233.errors = vErrors;
return errors === 0;
}
function validate235(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(key0 === "allow")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data0 = data.allow;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allow", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate235.errors = vErrors;
return errors === 0;
}
function validate237(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "rate") || (key0 === "concurrency")) || (key0 === "maxRequestBytes")) || (key0 === "maxResponseBytes")) || (key0 === "connectTimeout")) || (key0 === "timeout"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
if(!(validate49(data.rate, instancePath+"/rate"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.concurrency !== undefined && func0.call(data, "concurrency")){
let data1 = data.concurrency;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/concurrency", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/concurrency", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/concurrency", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxRequestBytes !== undefined && func0.call(data, "maxRequestBytes")){
if(!(validate52(data.maxRequestBytes, instancePath+"/maxRequestBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.maxResponseBytes !== undefined && func0.call(data, "maxResponseBytes")){
if(!(validate52(data.maxResponseBytes, instancePath+"/maxResponseBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.connectTimeout !== undefined && func0.call(data, "connectTimeout")){
if(!(validate36(data.connectTimeout, instancePath+"/connectTimeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate237.errors = vErrors;
return errors === 0;
}
const pattern63 = new RegExp(source29, "u");
function validate244(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "network") || (key0 === "read")) || (key0 === "write")) || (key0 === "memory")) || (key0 === "processes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.network !== undefined && func0.call(data, "network")){
let data0 = data.network;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/network", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/network/" + i0, "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/network/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/network/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/network/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/network", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/network", "type", {type: "array"});
errors++;
}
}
if(data.read !== undefined && func0.call(data, "read")){
let data2 = data.read;
if(Array.isArray(data2)){
if(data2.length > 256){
vErrors = add(vErrors, instancePath+"/read", "maxItems", {limit: 256});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 1024){
vErrors = add(vErrors, instancePath+"/read/" + i2, "maxLength", {limit: 1024});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/read/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern63.test(data3)){
vErrors = add(vErrors, instancePath+"/read/" + i2, "pattern", {pattern: source29});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/read/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/read", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/read", "type", {type: "array"});
errors++;
}
}
if(data.write !== undefined && func0.call(data, "write")){
let data4 = data.write;
if(Array.isArray(data4)){
if(data4.length > 256){
vErrors = add(vErrors, instancePath+"/write", "maxItems", {limit: 256});
errors++;
}
const len2 = data4.length;
for(let i4=0; i4<len2; i4++){
let data5 = data4[i4];
if(typeof data5 === "string"){
if(func54(data5) > 1024){
vErrors = add(vErrors, instancePath+"/write/" + i4, "maxLength", {limit: 1024});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/write/" + i4, "minLength", {limit: 1});
errors++;
}
if(!pattern63.test(data5)){
vErrors = add(vErrors, instancePath+"/write/" + i4, "pattern", {pattern: source29});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/write/" + i4, "type", {type: "string"});
errors++;
}
}
let i5 = data4.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data4[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/write", "uniqueItems", {i: i5, j: j2});
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/write", "type", {type: "array"});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate52(data.memory, instancePath+"/memory"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.processes !== undefined && func0.call(data, "processes")){
let data7 = data.processes;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
vErrors = add(vErrors, instancePath+"/processes", "type", {type: "integer"});
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1024 || isNaN(data7)){
vErrors = add(vErrors, instancePath+"/processes", "maximum", {comparison: "<=", limit: 1024});
errors++;
}
if(data7 < 1 || isNaN(data7)){
vErrors = add(vErrors, instancePath+"/processes", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate244.errors = vErrors;
return errors === 0;
}
function validate247(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "every") || (key0 === "timeout")) || (key0 === "failures"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.every !== undefined && func0.call(data, "every")){
if(!(validate36(data.every, instancePath+"/every"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.failures !== undefined && func0.call(data, "failures")){
let data2 = data.failures;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/failures", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/failures", "maximum", {comparison: "<=", limit: 100});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/failures", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate247.errors = vErrors;
return errors === 0;
}
const pattern66 = new RegExp(source30, "u");
function validate253(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 71){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 71});
errors++;
}
if(!pattern66.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source30});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate253.errors = vErrors;
return errors === 0;
}
function validate252(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "name") || (key0 === "digest"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 128){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 128});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate253(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate253.errors : vErrors.concat(validate253.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate252.errors = vErrors;
return errors === 0;
}
function validate251(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(key0 === "tools")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
let data0 = data.tools;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/tools", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate252(data0[i0], instancePath+"/tools/" + i0))){
vErrors = vErrors === null ? validate252.errors : vErrors.concat(validate252.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tools", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate251.errors = vErrors;
return errors === 0;
}
function validate191(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.transport === undefined) || (!(func0.call(data, "transport")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "transport"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema64.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.transport !== undefined && func0.call(data, "transport")){
if(!(validate193(data.transport, instancePath+"/transport"))){
vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
errors = vErrors.length;
}
}
if(data.auth !== undefined && func0.call(data, "auth")){
if(!(validate222(data.auth, instancePath+"/auth"))){
vErrors = vErrors === null ? validate222.errors : vErrors.concat(validate222.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
if(!(validate231(data.tools, instancePath+"/tools"))){
vErrors = vErrors === null ? validate231.errors : vErrors.concat(validate231.errors);
errors = vErrors.length;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
if(!(validate233(data.resources, instancePath+"/resources"))){
vErrors = vErrors === null ? validate233.errors : vErrors.concat(validate233.errors);
errors = vErrors.length;
}
}
if(data.prompts !== undefined && func0.call(data, "prompts")){
if(!(validate235(data.prompts, instancePath+"/prompts"))){
vErrors = vErrors === null ? validate235.errors : vErrors.concat(validate235.errors);
errors = vErrors.length;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate237(data.limits, instancePath+"/limits"))){
vErrors = vErrors === null ? validate237.errors : vErrors.concat(validate237.errors);
errors = vErrors.length;
}
}
if(data.sandbox !== undefined && func0.call(data, "sandbox")){
if(!(validate244(data.sandbox, instancePath+"/sandbox"))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
if(data.health !== undefined && func0.call(data, "health")){
if(!(validate247(data.health, instancePath+"/health"))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.lock !== undefined && func0.call(data, "lock")){
if(!(validate251(data.lock, instancePath+"/lock"))){
vErrors = vErrors === null ? validate251.errors : vErrors.concat(validate251.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate191.errors = vErrors;
return errors === 0;
}
function validate189(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("McpServer" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "McpServer"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate191(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate189.errors = vErrors;
return errors === 0;
}
export const ModelProvider = validate258;
const schema85 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"description":{"$ref":"#/$defs/common_description"},"type":{"type":"string","enum":["anthropic","openai-compatible","ollama","llama-cpp","echo"]},"endpoint":{"$ref":"#/$defs/common_httpUrl"},"api":{"type":"string","enum":["chat-completions","responses","messages","generate"]},"headers":{"$ref":"#/$defs/common_headers"},"credentials":{"$ref":"#/$defs/common_secretRef"},"auth":{"type":"string","enum":["api-key","token","oauth","none"]},"oauth":{"$ref":"#/$defs/modelprovider_oauth"},"timeout":{"$ref":"#/$defs/common_duration"},"limits":{"$ref":"#/$defs/modelprovider_limits"},"retries":{"$ref":"#/$defs/modelprovider_retries"},"models":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/modelprovider_model"}},"local":{"type":"boolean"},"dataClass":{"$ref":"#/$defs/common_dataClass"}}};
const pattern68 = new RegExp(source31, "u");
function validate265(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.issuer === undefined) || (!(func0.call(data, "issuer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "issuer"});
errors++;
}
if((data.clientId === undefined) || (!(func0.call(data, "clientId")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "clientId"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "issuer") || (key0 === "clientId")) || (key0 === "scopes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
if(!(validate115(data.issuer, instancePath+"/issuer"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.clientId !== undefined && func0.call(data, "clientId")){
let data1 = data.clientId;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/clientId", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/clientId", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/clientId", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/clientId", "type", {type: "string"});
errors++;
}
}
if(data.scopes !== undefined && func0.call(data, "scopes")){
let data2 = data.scopes;
if(Array.isArray(data2)){
if(data2.length > 32){
vErrors = add(vErrors, instancePath+"/scopes", "maxItems", {limit: 32});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 256){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "maxLength", {limit: 256});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern68.test(data3)){
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "pattern", {pattern: source31});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/scopes/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/scopes", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/scopes", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate265.errors = vErrors;
return errors === 0;
}
function validate269(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "concurrency") || (key0 === "rate")) || (key0 === "tokensPerMinute")) || (key0 === "maxResponseBytes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.concurrency !== undefined && func0.call(data, "concurrency")){
let data0 = data.concurrency;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/concurrency", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 10000 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/concurrency", "maximum", {comparison: "<=", limit: 10000});
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/concurrency", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
if(!(validate49(data.rate, instancePath+"/rate"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.tokensPerMinute !== undefined && func0.call(data, "tokensPerMinute")){
let data2 = data.tokensPerMinute;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/tokensPerMinute", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/tokensPerMinute", "maximum", {comparison: "<=", limit: 1000000000});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/tokensPerMinute", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxResponseBytes !== undefined && func0.call(data, "maxResponseBytes")){
if(!(validate52(data.maxResponseBytes, instancePath+"/maxResponseBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate269.errors = vErrors;
return errors === 0;
}
function validate273(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "attempts") || (key0 === "backoff"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.attempts !== undefined && func0.call(data, "attempts")){
let data0 = data.attempts;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/attempts", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 10 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/attempts", "maximum", {comparison: "<=", limit: 10});
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/attempts", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.backoff !== undefined && func0.call(data, "backoff")){
if(!(validate36(data.backoff, instancePath+"/backoff"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate273.errors = vErrors;
return errors === 0;
}
const schema89 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"displayName":{"type":"string","minLength":1,"maxLength":128},"alias":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[^\\p{Cc}\\p{Cf}]+$"},"contextWindow":{"type":"integer","minimum":1,"maximum":100000000},"maxOutputTokens":{"type":"integer","minimum":1,"maximum":10000000},"input":{"type":"array","maxItems":8,"uniqueItems":true,"items":{"type":"string","enum":["text","image","audio","video","document"]}},"thinking":{"type":"boolean"},"api":{"type":"string","enum":["chat-completions","responses","messages","generate"]},"parameters":{"$ref":"#/$defs/modelprovider_parameters"},"digest":{"$ref":"#/$defs/common_digest"},"prices":{"$ref":"#/$defs/modelprovider_prices"},"path":{"type":"string","minLength":1,"maxLength":1024,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"}}};
const schema90 = {"type":"object","additionalProperties":false,"properties":{"temperature":{"type":"number","minimum":0,"maximum":2},"topP":{"type":"number","minimum":0,"maximum":1},"maxTokens":{"type":"integer","minimum":1,"maximum":10000000},"thinking":{"type":"string","enum":["off","minimal","low","medium","high"]},"presencePenalty":{"type":"number","minimum":-2,"maximum":2},"frequencyPenalty":{"type":"number","minimum":-2,"maximum":2}}};
function validate277(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "temperature") || (key0 === "topP")) || (key0 === "maxTokens")) || (key0 === "thinking")) || (key0 === "presencePenalty")) || (key0 === "frequencyPenalty"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.temperature !== undefined && func0.call(data, "temperature")){
let data0 = data.temperature;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 2 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/temperature", "maximum", {comparison: "<=", limit: 2});
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/temperature", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/temperature", "type", {type: "number"});
errors++;
}
}
if(data.topP !== undefined && func0.call(data, "topP")){
let data1 = data.topP;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/topP", "maximum", {comparison: "<=", limit: 1});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/topP", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/topP", "type", {type: "number"});
errors++;
}
}
if(data.maxTokens !== undefined && func0.call(data, "maxTokens")){
let data2 = data.maxTokens;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/maxTokens", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 10000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.thinking !== undefined && func0.call(data, "thinking")){
let data3 = data.thinking;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/thinking", "type", {type: "string"});
errors++;
}
if(!(((((data3 === "off") || (data3 === "minimal")) || (data3 === "low")) || (data3 === "medium")) || (data3 === "high"))){
vErrors = add(vErrors, instancePath+"/thinking", "enum", {allowedValues: schema90.properties.thinking.enum});
errors++;
}
}
if(data.presencePenalty !== undefined && func0.call(data, "presencePenalty")){
let data4 = data.presencePenalty;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 2 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/presencePenalty", "maximum", {comparison: "<=", limit: 2});
errors++;
}
if(data4 < -2 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/presencePenalty", "minimum", {comparison: ">=", limit: -2});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/presencePenalty", "type", {type: "number"});
errors++;
}
}
if(data.frequencyPenalty !== undefined && func0.call(data, "frequencyPenalty")){
let data5 = data.frequencyPenalty;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 2 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/frequencyPenalty", "maximum", {comparison: "<=", limit: 2});
errors++;
}
if(data5 < -2 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/frequencyPenalty", "minimum", {comparison: ">=", limit: -2});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/frequencyPenalty", "type", {type: "number"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate277.errors = vErrors;
return errors === 0;
}
const pattern71 = new RegExp(source32, "u");
function validate280(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "currency") || (key0 === "input")) || (key0 === "output")) || (key0 === "cacheRead")) || (key0 === "cacheWrite"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.currency !== undefined && func0.call(data, "currency")){
let data0 = data.currency;
if(typeof data0 === "string"){
if(func54(data0) > 3){
vErrors = add(vErrors, instancePath+"/currency", "maxLength", {limit: 3});
errors++;
}
if(!pattern71.test(data0)){
vErrors = add(vErrors, instancePath+"/currency", "pattern", {pattern: source32});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/currency", "type", {type: "string"});
errors++;
}
}
if(data.input !== undefined && func0.call(data, "input")){
let data1 = data.input;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/input", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/input", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/input", "type", {type: "number"});
errors++;
}
}
if(data.output !== undefined && func0.call(data, "output")){
let data2 = data.output;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/output", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/output", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/output", "type", {type: "number"});
errors++;
}
}
if(data.cacheRead !== undefined && func0.call(data, "cacheRead")){
let data3 = data.cacheRead;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/cacheRead", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data3 < 0 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/cacheRead", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/cacheRead", "type", {type: "number"});
errors++;
}
}
if(data.cacheWrite !== undefined && func0.call(data, "cacheWrite")){
let data4 = data.cacheWrite;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/cacheWrite", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data4 < 0 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/cacheWrite", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/cacheWrite", "type", {type: "number"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate280.errors = vErrors;
return errors === 0;
}
function validate276(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema89.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 256){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 256});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.displayName !== undefined && func0.call(data, "displayName")){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/displayName", "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/displayName", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/displayName", "type", {type: "string"});
errors++;
}
}
if(data.alias !== undefined && func0.call(data, "alias")){
let data2 = data.alias;
if(typeof data2 === "string"){
if(func54(data2) > 64){
vErrors = add(vErrors, instancePath+"/alias", "maxLength", {limit: 64});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/alias", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data2)){
vErrors = add(vErrors, instancePath+"/alias", "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/alias", "type", {type: "string"});
errors++;
}
}
if(data.contextWindow !== undefined && func0.call(data, "contextWindow")){
let data3 = data.contextWindow;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/contextWindow", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 100000000 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/contextWindow", "maximum", {comparison: "<=", limit: 100000000});
errors++;
}
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/contextWindow", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxOutputTokens !== undefined && func0.call(data, "maxOutputTokens")){
let data4 = data.maxOutputTokens;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10000000 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data4 < 1 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.input !== undefined && func0.call(data, "input")){
let data5 = data.input;
if(Array.isArray(data5)){
if(data5.length > 8){
vErrors = add(vErrors, instancePath+"/input", "maxItems", {limit: 8});
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/input/" + i0, "type", {type: "string"});
errors++;
}
if(!(((((data6 === "text") || (data6 === "image")) || (data6 === "audio")) || (data6 === "video")) || (data6 === "document"))){
vErrors = add(vErrors, instancePath+"/input/" + i0, "enum", {allowedValues: schema89.properties.input.items.enum});
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/input", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/input", "type", {type: "array"});
errors++;
}
}
if(data.thinking !== undefined && func0.call(data, "thinking")){
if(typeof data.thinking !== "boolean"){
vErrors = add(vErrors, instancePath+"/thinking", "type", {type: "boolean"});
errors++;
}
}
if(data.api !== undefined && func0.call(data, "api")){
let data8 = data.api;
if(typeof data8 !== "string"){
vErrors = add(vErrors, instancePath+"/api", "type", {type: "string"});
errors++;
}
if(!((((data8 === "chat-completions") || (data8 === "responses")) || (data8 === "messages")) || (data8 === "generate"))){
vErrors = add(vErrors, instancePath+"/api", "enum", {allowedValues: schema89.properties.api.enum});
errors++;
}
}
if(data.parameters !== undefined && func0.call(data, "parameters")){
if(!(validate277(data.parameters, instancePath+"/parameters"))){
vErrors = vErrors === null ? validate277.errors : vErrors.concat(validate277.errors);
errors = vErrors.length;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate253(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate253.errors : vErrors.concat(validate253.errors);
errors = vErrors.length;
}
}
if(data.prices !== undefined && func0.call(data, "prices")){
if(!(validate280(data.prices, instancePath+"/prices"))){
vErrors = vErrors === null ? validate280.errors : vErrors.concat(validate280.errors);
errors = vErrors.length;
}
}
if(data.path !== undefined && func0.call(data, "path")){
let data12 = data.path;
if(typeof data12 === "string"){
if(func54(data12) > 1024){
vErrors = add(vErrors, instancePath+"/path", "maxLength", {limit: 1024});
errors++;
}
if(func54(data12) < 1){
vErrors = add(vErrors, instancePath+"/path", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data12)){
vErrors = add(vErrors, instancePath+"/path", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate276.errors = vErrors;
return errors === 0;
}
function validate260(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.type === undefined) || (!(func0.call(data, "type")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "type"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema85.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.type !== undefined && func0.call(data, "type")){
let data1 = data.type;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/type", "type", {type: "string"});
errors++;
}
if(!(((((data1 === "anthropic") || (data1 === "openai-compatible")) || (data1 === "ollama")) || (data1 === "llama-cpp")) || (data1 === "echo"))){
vErrors = add(vErrors, instancePath+"/type", "enum", {allowedValues: schema85.properties.type.enum});
errors++;
}
}
if(data.endpoint !== undefined && func0.call(data, "endpoint")){
if(!(validate115(data.endpoint, instancePath+"/endpoint"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.api !== undefined && func0.call(data, "api")){
let data3 = data.api;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/api", "type", {type: "string"});
errors++;
}
if(!((((data3 === "chat-completions") || (data3 === "responses")) || (data3 === "messages")) || (data3 === "generate"))){
vErrors = add(vErrors, instancePath+"/api", "enum", {allowedValues: schema85.properties.api.enum});
errors++;
}
}
if(data.headers !== undefined && func0.call(data, "headers")){
if(!(validate203(data.headers, instancePath+"/headers"))){
vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
errors = vErrors.length;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
if(!(validate127(data.credentials, instancePath+"/credentials"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.auth !== undefined && func0.call(data, "auth")){
let data6 = data.auth;
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/auth", "type", {type: "string"});
errors++;
}
if(!((((data6 === "api-key") || (data6 === "token")) || (data6 === "oauth")) || (data6 === "none"))){
vErrors = add(vErrors, instancePath+"/auth", "enum", {allowedValues: schema85.properties.auth.enum});
errors++;
}
}
if(data.oauth !== undefined && func0.call(data, "oauth")){
if(!(validate265(data.oauth, instancePath+"/oauth"))){
vErrors = vErrors === null ? validate265.errors : vErrors.concat(validate265.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate269(data.limits, instancePath+"/limits"))){
vErrors = vErrors === null ? validate269.errors : vErrors.concat(validate269.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined && func0.call(data, "retries")){
if(!(validate273(data.retries, instancePath+"/retries"))){
vErrors = vErrors === null ? validate273.errors : vErrors.concat(validate273.errors);
errors = vErrors.length;
}
}
if(data.models !== undefined && func0.call(data, "models")){
let data11 = data.models;
if(Array.isArray(data11)){
if(data11.length > 1000){
vErrors = add(vErrors, instancePath+"/models", "maxItems", {limit: 1000});
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
if(!(validate276(data11[i0], instancePath+"/models/" + i0))){
vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/models", "type", {type: "array"});
errors++;
}
}
if(data.local !== undefined && func0.call(data, "local")){
if(typeof data.local !== "boolean"){
vErrors = add(vErrors, instancePath+"/local", "type", {type: "boolean"});
errors++;
}
}
if(data.dataClass !== undefined && func0.call(data, "dataClass")){
if(!(validate174(data.dataClass, instancePath+"/dataClass"))){
vErrors = vErrors === null ? validate174.errors : vErrors.concat(validate174.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate260.errors = vErrors;
return errors === 0;
}
function validate258(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("ModelProvider" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "ModelProvider"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate260(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate260.errors : vErrors.concat(validate260.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate258.errors = vErrors;
return errors === 0;
}
export const Passthrough = validate285;
const schema93 = {"type":"object","additionalProperties":false,"required":["target","leaves"],"properties":{"description":{"$ref":"#/$defs/common_description"},"target":{"type":"string","enum":["openclaw","gateway","embedded"]},"leaves":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/passthrough_leaf"}}}};
const pattern73 = new RegExp(source33, "u");
function validate289(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 2});
errors++;
}
if(Object.keys(data).length < 2){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 2});
errors++;
}
if((data.pointer === undefined) || (!(func0.call(data, "pointer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "pointer"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "pointer") || (key0 === "value")) || (key0 === "secret"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.pointer !== undefined && func0.call(data, "pointer")){
let data0 = data.pointer;
if(typeof data0 === "string"){
if(func54(data0) > 2048){
vErrors = add(vErrors, instancePath+"/pointer", "maxLength", {limit: 2048});
errors++;
}
if(func54(data0) < 2){
vErrors = add(vErrors, instancePath+"/pointer", "minLength", {limit: 2});
errors++;
}
if(!pattern73.test(data0)){
vErrors = add(vErrors, instancePath+"/pointer", "pattern", {pattern: source33});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/pointer", "type", {type: "string"});
errors++;
}
}
if(data.secret !== undefined && func0.call(data, "secret")){
if(!(validate127(data.secret, instancePath+"/secret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate289.errors = vErrors;
return errors === 0;
}
function validate287(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.target === undefined) || (!(func0.call(data, "target")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "target"});
errors++;
}
if((data.leaves === undefined) || (!(func0.call(data, "leaves")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "leaves"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "description") || (key0 === "target")) || (key0 === "leaves"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.target !== undefined && func0.call(data, "target")){
let data1 = data.target;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/target", "type", {type: "string"});
errors++;
}
if(!(((data1 === "openclaw") || (data1 === "gateway")) || (data1 === "embedded"))){
vErrors = add(vErrors, instancePath+"/target", "enum", {allowedValues: schema93.properties.target.enum});
errors++;
}
}
if(data.leaves !== undefined && func0.call(data, "leaves")){
let data2 = data.leaves;
if(Array.isArray(data2)){
if(data2.length > 10000){
vErrors = add(vErrors, instancePath+"/leaves", "maxItems", {limit: 10000});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate289(data2[i0], instancePath+"/leaves/" + i0))){
vErrors = vErrors === null ? validate289.errors : vErrors.concat(validate289.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/leaves", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate287.errors = vErrors;
return errors === 0;
}
function validate285(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Passthrough" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Passthrough"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate287(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate287.errors : vErrors.concat(validate287.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate285.errors = vErrors;
return errors === 0;
}
export const Plugin = validate293;
const schema96 = {"type":"object","additionalProperties":false,"required":["bundle","signer"],"properties":{"description":{"$ref":"#/$defs/common_description"},"enabled":{"type":"boolean"},"version":{"type":"string","minLength":1,"maxLength":64},"bundle":{"$ref":"#/$defs/plugin_bundle"},"signer":{"$ref":"#/$defs/plugin_signer"},"requireProvenance":{"$ref":"#/$defs/plugin_provenance"},"provides":{"$ref":"#/$defs/plugin_provides"},"tools":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/plugin_tool"}},"capabilities":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/plugin_need"}},"config":{"type":"object","maxProperties":1000,"propertyNames":{"type":"string","maxLength":128,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_.]*$"},"additionalProperties":{}},"secrets":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":128,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_.]*$"},"additionalProperties":{"$ref":"#/$defs/common_secretRef"}},"credentials":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/plugin_credential"}},"isolation":{"type":"string","enum":["worker","process"]},"limits":{"$ref":"#/$defs/plugin_limits"}}};
function validate297(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
if((data.file === undefined) || (!(func0.call(data, "file")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "file"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "digest") || (key0 === "file")) || (key0 === "signature")) || (key0 === "maxBytes")) || (key0 === "provenance"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate253(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate253.errors : vErrors.concat(validate253.errors);
errors = vErrors.length;
}
}
if(data.file !== undefined && func0.call(data, "file")){
if(!(validate31(data.file, instancePath+"/file"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.signature !== undefined && func0.call(data, "signature")){
if(!(validate31(data.signature, instancePath+"/signature"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.provenance !== undefined && func0.call(data, "provenance")){
if(!(validate31(data.provenance, instancePath+"/provenance"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate297.errors = vErrors;
return errors === 0;
}
const pattern74 = new RegExp(source34, "u");
function validate304(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 2});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "identity") || (key0 === "identityPattern")) || (key0 === "issuer")) || (key0 === "key"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
let data0 = data.identity;
if(typeof data0 === "string"){
if(func54(data0) > 2048){
vErrors = add(vErrors, instancePath+"/identity", "maxLength", {limit: 2048});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/identity", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identity", "type", {type: "string"});
errors++;
}
}
if(data.identityPattern !== undefined && func0.call(data, "identityPattern")){
let data1 = data.identityPattern;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/identityPattern", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 3){
vErrors = add(vErrors, instancePath+"/identityPattern", "minLength", {limit: 3});
errors++;
}
if(!pattern74.test(data1)){
vErrors = add(vErrors, instancePath+"/identityPattern", "pattern", {pattern: source34});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identityPattern", "type", {type: "string"});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
let data2 = data.issuer;
if(typeof data2 === "string"){
if(func54(data2) > 2048){
vErrors = add(vErrors, instancePath+"/issuer", "maxLength", {limit: 2048});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/issuer", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/issuer", "type", {type: "string"});
errors++;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate42(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate304.errors = vErrors;
return errors === 0;
}
function validate307(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.builder === undefined) || (!(func0.call(data, "builder")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "builder"});
errors++;
}
if((data.source === undefined) || (!(func0.call(data, "source")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "source"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "builder") || (key0 === "source"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.builder !== undefined && func0.call(data, "builder")){
let data0 = data.builder;
if(typeof data0 === "string"){
if(func54(data0) > 2048){
vErrors = add(vErrors, instancePath+"/builder", "maxLength", {limit: 2048});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/builder", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/builder", "type", {type: "string"});
errors++;
}
}
if(data.source !== undefined && func0.call(data, "source")){
let data1 = data.source;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/source", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/source", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/source", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate307.errors = vErrors;
return errors === 0;
}
const schema100 = {"type":"array","maxItems":8,"uniqueItems":true,"items":{"type":"string","enum":["tools","channel","model-provider","memory"]}};
function validate309(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 8){
vErrors = add(vErrors, instancePath, "maxItems", {limit: 8});
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/" + i0, "type", {type: "string"});
errors++;
}
if(!((((data0 === "tools") || (data0 === "channel")) || (data0 === "model-provider")) || (data0 === "memory"))){
vErrors = add(vErrors, instancePath+"/" + i0, "enum", {allowedValues: schema100.items.enum});
errors++;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath, "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "array"});
errors++;
}
validate309.errors = vErrors;
return errors === 0;
}
const schema101 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_.]*$"},"description":{"type":"string","minLength":1,"maxLength":4096},"actions":{"type":"array","maxItems":64,"minItems":1,"uniqueItems":true,"items":{"type":"string","maxLength":63,"pattern":"^[a-z][a-z0-9_-]*$"}},"resource":{"type":"string","enum":["url","path","command","name"]},"input":{"type":"object","maxProperties":100,"additionalProperties":{}}}};
const pattern75 = new RegExp(source35, "u");
function validate311(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "name") || (key0 === "description")) || (key0 === "actions")) || (key0 === "resource")) || (key0 === "input"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 128){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 128});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern75.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source35});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
let data1 = data.description;
if(typeof data1 === "string"){
if(func54(data1) > 4096){
vErrors = add(vErrors, instancePath+"/description", "maxLength", {limit: 4096});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/description", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/description", "type", {type: "string"});
errors++;
}
}
if(data.actions !== undefined && func0.call(data, "actions")){
let data2 = data.actions;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/actions", "maxItems", {limit: 64});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/actions", "minItems", {limit: 1});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 63){
vErrors = add(vErrors, instancePath+"/actions/" + i0, "maxLength", {limit: 63});
errors++;
}
if(!pattern11.test(data3)){
vErrors = add(vErrors, instancePath+"/actions/" + i0, "pattern", {pattern: source9});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/actions/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/actions", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/actions", "type", {type: "array"});
errors++;
}
}
if(data.resource !== undefined && func0.call(data, "resource")){
let data4 = data.resource;
if(typeof data4 !== "string"){
vErrors = add(vErrors, instancePath+"/resource", "type", {type: "string"});
errors++;
}
if(!((((data4 === "url") || (data4 === "path")) || (data4 === "command")) || (data4 === "name"))){
vErrors = add(vErrors, instancePath+"/resource", "enum", {allowedValues: schema101.properties.resource.enum});
errors++;
}
}
if(data.input !== undefined && func0.call(data, "input")){
let data5 = data.input;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length > 100){
vErrors = add(vErrors, instancePath+"/input", "maxProperties", {limit: 100});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/input", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate311.errors = vErrors;
return errors === 0;
}
const pattern77 = new RegExp(source36, "u");
function validate313(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
if((data.permissions === undefined) || (!(func0.call(data, "permissions")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "permissions"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "tool") || (key0 === "permissions")) || (key0 === "constraints"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
let data0 = data.tool;
if(typeof data0 === "string"){
if(func54(data0) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(!pattern77.test(data0)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: source36});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.permissions !== undefined && func0.call(data, "permissions")){
let data1 = data.permissions;
if(Array.isArray(data1)){
if(data1.length > 1000){
vErrors = add(vErrors, instancePath+"/permissions", "maxItems", {limit: 1000});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/permissions", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate46(data1[i0], instancePath+"/permissions/" + i0))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/permissions", "type", {type: "array"});
errors++;
}
}
if(data.constraints !== undefined && func0.call(data, "constraints")){
if(!(validate48(data.constraints, instancePath+"/constraints"))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate313.errors = vErrors;
return errors === 0;
}
const pattern81 = new RegExp(source37, "u");
const pattern82 = new RegExp(source38, "u");
function validate318(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.value === undefined) || (!(func0.call(data, "value")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "value"});
errors++;
}
if((data.header === undefined) || (!(func0.call(data, "header")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "header"});
errors++;
}
if((data.resources === undefined) || (!(func0.call(data, "resources")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resources"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "name") || (key0 === "value")) || (key0 === "header")) || (key0 === "prefix")) || (key0 === "resources"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 63});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.value !== undefined && func0.call(data, "value")){
if(!(validate127(data.value, instancePath+"/value"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.header !== undefined && func0.call(data, "header")){
let data2 = data.header;
if(typeof data2 === "string"){
if(func54(data2) > 128){
vErrors = add(vErrors, instancePath+"/header", "maxLength", {limit: 128});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/header", "minLength", {limit: 1});
errors++;
}
if(!pattern81.test(data2)){
vErrors = add(vErrors, instancePath+"/header", "pattern", {pattern: source37});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/header", "type", {type: "string"});
errors++;
}
}
if(data.prefix !== undefined && func0.call(data, "prefix")){
let data3 = data.prefix;
if(typeof data3 === "string"){
if(func54(data3) > 64){
vErrors = add(vErrors, instancePath+"/prefix", "maxLength", {limit: 64});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/prefix", "minLength", {limit: 1});
errors++;
}
if(!pattern82.test(data3)){
vErrors = add(vErrors, instancePath+"/prefix", "pattern", {pattern: source38});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/prefix", "type", {type: "string"});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data4 = data.resources;
if(Array.isArray(data4)){
if(data4.length > 64){
vErrors = add(vErrors, instancePath+"/resources", "maxItems", {limit: 64});
errors++;
}
if(data4.length < 1){
vErrors = add(vErrors, instancePath+"/resources", "minItems", {limit: 1});
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(func54(data5) > 2048){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "maxLength", {limit: 2048});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data4.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data4[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/resources", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate318.errors = vErrors;
return errors === 0;
}
function validate321(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "memory") || (key0 === "timeout")) || (key0 === "storage"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate52(data.memory, instancePath+"/memory"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.storage !== undefined && func0.call(data, "storage")){
if(!(validate52(data.storage, instancePath+"/storage"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate321.errors = vErrors;
return errors === 0;
}
function validate295(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.bundle === undefined) || (!(func0.call(data, "bundle")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "bundle"});
errors++;
}
if((data.signer === undefined) || (!(func0.call(data, "signer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "signer"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema96.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.version !== undefined && func0.call(data, "version")){
let data2 = data.version;
if(typeof data2 === "string"){
if(func54(data2) > 64){
vErrors = add(vErrors, instancePath+"/version", "maxLength", {limit: 64});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/version", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/version", "type", {type: "string"});
errors++;
}
}
if(data.bundle !== undefined && func0.call(data, "bundle")){
if(!(validate297(data.bundle, instancePath+"/bundle"))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data.signer !== undefined && func0.call(data, "signer")){
if(!(validate304(data.signer, instancePath+"/signer"))){
vErrors = vErrors === null ? validate304.errors : vErrors.concat(validate304.errors);
errors = vErrors.length;
}
}
if(data.requireProvenance !== undefined && func0.call(data, "requireProvenance")){
if(!(validate307(data.requireProvenance, instancePath+"/requireProvenance"))){
vErrors = vErrors === null ? validate307.errors : vErrors.concat(validate307.errors);
errors = vErrors.length;
}
}
if(data.provides !== undefined && func0.call(data, "provides")){
if(!(validate309(data.provides, instancePath+"/provides"))){
vErrors = vErrors === null ? validate309.errors : vErrors.concat(validate309.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
let data7 = data.tools;
if(Array.isArray(data7)){
if(data7.length > 1000){
vErrors = add(vErrors, instancePath+"/tools", "maxItems", {limit: 1000});
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate311(data7[i0], instancePath+"/tools/" + i0))){
vErrors = vErrors === null ? validate311.errors : vErrors.concat(validate311.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tools", "type", {type: "array"});
errors++;
}
}
if(data.capabilities !== undefined && func0.call(data, "capabilities")){
let data9 = data.capabilities;
if(Array.isArray(data9)){
if(data9.length > 1000){
vErrors = add(vErrors, instancePath+"/capabilities", "maxItems", {limit: 1000});
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
if(!(validate313(data9[i1], instancePath+"/capabilities/" + i1))){
vErrors = vErrors === null ? validate313.errors : vErrors.concat(validate313.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities", "type", {type: "array"});
errors++;
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data11 = data.config;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 1000){
vErrors = add(vErrors, instancePath+"/config", "maxProperties", {limit: 1000});
errors++;
}
for(const key1 of Object.keys(data11)){
const _errs19 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 128){
vErrors = add(vErrors, instancePath+"/config", "maxLength", {limit: 128}, key1);
errors++;
}
if(!pattern75.test(key1)){
vErrors = add(vErrors, instancePath+"/config", "pattern", {pattern: source35}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/config", "type", {type: "string"}, key1);
errors++;
}
var valid5 = _errs19 === errors;
if(!valid5){
vErrors = add(vErrors, instancePath+"/config", "propertyNames", {propertyName: key1});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/config", "type", {type: "object"});
errors++;
}
}
if(data.secrets !== undefined && func0.call(data, "secrets")){
let data12 = data.secrets;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length > 64){
vErrors = add(vErrors, instancePath+"/secrets", "maxProperties", {limit: 64});
errors++;
}
for(const key2 of Object.keys(data12)){
const _errs24 = errors;
if(typeof key2 === "string"){
if(func54(key2) > 128){
vErrors = add(vErrors, instancePath+"/secrets", "maxLength", {limit: 128}, key2);
errors++;
}
if(!pattern75.test(key2)){
vErrors = add(vErrors, instancePath+"/secrets", "pattern", {pattern: source35}, key2);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/secrets", "type", {type: "string"}, key2);
errors++;
}
var valid6 = _errs24 === errors;
if(!valid6){
vErrors = add(vErrors, instancePath+"/secrets", "propertyNames", {propertyName: key2});
errors++;
}
}
for(const key3 of Object.keys(data12)){
if(!(validate127(data12[key3], instancePath+"/secrets/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/secrets", "type", {type: "object"});
errors++;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
let data14 = data.credentials;
if(Array.isArray(data14)){
if(data14.length > 64){
vErrors = add(vErrors, instancePath+"/credentials", "maxItems", {limit: 64});
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(!(validate318(data14[i2], instancePath+"/credentials/" + i2))){
vErrors = vErrors === null ? validate318.errors : vErrors.concat(validate318.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/credentials", "type", {type: "array"});
errors++;
}
}
if(data.isolation !== undefined && func0.call(data, "isolation")){
let data16 = data.isolation;
if(typeof data16 !== "string"){
vErrors = add(vErrors, instancePath+"/isolation", "type", {type: "string"});
errors++;
}
if(!((data16 === "worker") || (data16 === "process"))){
vErrors = add(vErrors, instancePath+"/isolation", "enum", {allowedValues: schema96.properties.isolation.enum});
errors++;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate321(data.limits, instancePath+"/limits"))){
vErrors = vErrors === null ? validate321.errors : vErrors.concat(validate321.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate295.errors = vErrors;
return errors === 0;
}
function validate293(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Plugin" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Plugin"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate295(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate295.errors : vErrors.concat(validate295.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate293.errors = vErrors;
return errors === 0;
}
export const Policy = validate327;
const schema106 = {"type":"object","additionalProperties":false,"required":["rego"],"properties":{"description":{"$ref":"#/$defs/common_description"},"rego":{"$ref":"#/$defs/common_fileText"},"enforcement":{"type":"string","enum":["enforce","warn","audit"]},"applies":{"$ref":"#/$defs/policy_applies"},"data":{"type":"object","maxProperties":1000,"propertyNames":{"type":"string","maxLength":63,"pattern":"^[a-z][A-Za-z0-9_]*$"},"additionalProperties":{}}}};
const pattern83 = new RegExp(source39, "u");
function validate332(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "resources") || (key0 === "labels")) || (key0 === "environments"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data0 = data.resources;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/resources", "maxItems", {limit: 1000});
errors++;
}
if(data0.length < 1){
vErrors = add(vErrors, instancePath+"/resources", "minItems", {limit: 1});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 127){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data1)){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/resources", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources", "type", {type: "array"});
errors++;
}
}
if(data.labels !== undefined && func0.call(data, "labels")){
let data2 = data.labels;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 64){
vErrors = add(vErrors, instancePath+"/labels", "maxProperties", {limit: 64});
errors++;
}
for(const key1 of Object.keys(data2)){
const _errs8 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 317){
vErrors = add(vErrors, instancePath+"/labels", "maxLength", {limit: 317}, key1);
errors++;
}
if(!pattern1.test(key1)){
vErrors = add(vErrors, instancePath+"/labels", "pattern", {pattern: source1}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/labels", "type", {type: "string"}, key1);
errors++;
}
var valid4 = _errs8 === errors;
if(!valid4){
vErrors = add(vErrors, instancePath+"/labels", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data2)){
let data3 = data2[key2];
if(typeof data3 === "string"){
if(func54(data3) > 63){
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 63});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/labels", "type", {type: "object"});
errors++;
}
}
if(data.environments !== undefined && func0.call(data, "environments")){
let data4 = data.environments;
if(Array.isArray(data4)){
if(data4.length > 256){
vErrors = add(vErrors, instancePath+"/environments", "maxItems", {limit: 256});
errors++;
}
if(data4.length < 1){
vErrors = add(vErrors, instancePath+"/environments", "minItems", {limit: 1});
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(func54(data5) > 63){
vErrors = add(vErrors, instancePath+"/environments/" + i2, "maxLength", {limit: 63});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/environments/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data5)){
vErrors = add(vErrors, instancePath+"/environments/" + i2, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/environments/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data4[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/environments", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/environments", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate332.errors = vErrors;
return errors === 0;
}
const pattern86 = new RegExp(source40, "u");
function validate329(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.rego === undefined) || (!(func0.call(data, "rego")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rego"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "description") || (key0 === "rego")) || (key0 === "enforcement")) || (key0 === "applies")) || (key0 === "data"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.rego !== undefined && func0.call(data, "rego")){
if(!(validate42(data.rego, instancePath+"/rego"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.enforcement !== undefined && func0.call(data, "enforcement")){
let data2 = data.enforcement;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/enforcement", "type", {type: "string"});
errors++;
}
if(!(((data2 === "enforce") || (data2 === "warn")) || (data2 === "audit"))){
vErrors = add(vErrors, instancePath+"/enforcement", "enum", {allowedValues: schema106.properties.enforcement.enum});
errors++;
}
}
if(data.applies !== undefined && func0.call(data, "applies")){
if(!(validate332(data.applies, instancePath+"/applies"))){
vErrors = vErrors === null ? validate332.errors : vErrors.concat(validate332.errors);
errors = vErrors.length;
}
}
if(data.data !== undefined && func0.call(data, "data")){
let data4 = data.data;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 1000){
vErrors = add(vErrors, instancePath+"/data", "maxProperties", {limit: 1000});
errors++;
}
for(const key1 of Object.keys(data4)){
const _errs9 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 63){
vErrors = add(vErrors, instancePath+"/data", "maxLength", {limit: 63}, key1);
errors++;
}
if(!pattern86.test(key1)){
vErrors = add(vErrors, instancePath+"/data", "pattern", {pattern: source40}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/data", "type", {type: "string"}, key1);
errors++;
}
var valid1 = _errs9 === errors;
if(!valid1){
vErrors = add(vErrors, instancePath+"/data", "propertyNames", {propertyName: key1});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/data", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate329.errors = vErrors;
return errors === 0;
}
function validate327(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Policy" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Policy"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate329(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate329.errors : vErrors.concat(validate329.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate327.errors = vErrors;
return errors === 0;
}
export const PolicyException = validate335;
const pattern87 = new RegExp(source41, "u");
function validate340(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.resources === undefined) || (!(func0.call(data, "resources")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resources"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "resources") || (key0 === "tools")) || (key0 === "environments"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data0 = data.resources;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/resources", "maxItems", {limit: 1000});
errors++;
}
if(data0.length < 1){
vErrors = add(vErrors, instancePath+"/resources", "minItems", {limit: 1});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 127){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data1)){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/resources", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources", "type", {type: "array"});
errors++;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
let data2 = data.tools;
if(Array.isArray(data2)){
if(data2.length > 1000){
vErrors = add(vErrors, instancePath+"/tools", "maxItems", {limit: 1000});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/tools", "minItems", {limit: 1});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 200){
vErrors = add(vErrors, instancePath+"/tools/" + i2, "maxLength", {limit: 200});
errors++;
}
if(!pattern5.test(data3)){
vErrors = add(vErrors, instancePath+"/tools/" + i2, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tools/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/tools", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tools", "type", {type: "array"});
errors++;
}
}
if(data.environments !== undefined && func0.call(data, "environments")){
let data4 = data.environments;
if(Array.isArray(data4)){
if(data4.length > 256){
vErrors = add(vErrors, instancePath+"/environments", "maxItems", {limit: 256});
errors++;
}
if(data4.length < 1){
vErrors = add(vErrors, instancePath+"/environments", "minItems", {limit: 1});
errors++;
}
const len2 = data4.length;
for(let i4=0; i4<len2; i4++){
let data5 = data4[i4];
if(typeof data5 === "string"){
if(func54(data5) > 63){
vErrors = add(vErrors, instancePath+"/environments/" + i4, "maxLength", {limit: 63});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/environments/" + i4, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data5)){
vErrors = add(vErrors, instancePath+"/environments/" + i4, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/environments/" + i4, "type", {type: "string"});
errors++;
}
}
let i5 = data4.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data4[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/environments", "uniqueItems", {i: i5, j: j2});
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/environments", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate340.errors = vErrors;
return errors === 0;
}
function validate337(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.rule === undefined) || (!(func0.call(data, "rule")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rule"});
errors++;
}
if((data.owner === undefined) || (!(func0.call(data, "owner")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "owner"});
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reason"});
errors++;
}
if((data.scope === undefined) || (!(func0.call(data, "scope")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "scope"});
errors++;
}
if((data.expiresAt === undefined) || (!(func0.call(data, "expiresAt")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "expiresAt"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "rule") || (key0 === "policy")) || (key0 === "owner")) || (key0 === "reason")) || (key0 === "ticket")) || (key0 === "scope")) || (key0 === "expiresAt"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.rule !== undefined && func0.call(data, "rule")){
let data0 = data.rule;
if(typeof data0 === "string"){
if(func54(data0) > 190){
vErrors = add(vErrors, instancePath+"/rule", "maxLength", {limit: 190});
errors++;
}
if(!pattern87.test(data0)){
vErrors = add(vErrors, instancePath+"/rule", "pattern", {pattern: source41});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/rule", "type", {type: "string"});
errors++;
}
}
if(data.policy !== undefined && func0.call(data, "policy")){
if(!(validate24(data.policy, instancePath+"/policy"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.owner !== undefined && func0.call(data, "owner")){
let data2 = data.owner;
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/owner", "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/owner", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data2)){
vErrors = add(vErrors, instancePath+"/owner", "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/owner", "type", {type: "string"});
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data3 = data.reason;
if(typeof data3 === "string"){
if(func54(data3) > 4096){
vErrors = add(vErrors, instancePath+"/reason", "maxLength", {limit: 4096});
errors++;
}
if(func54(data3) < 10){
vErrors = add(vErrors, instancePath+"/reason", "minLength", {limit: 10});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/reason", "type", {type: "string"});
errors++;
}
}
if(data.ticket !== undefined && func0.call(data, "ticket")){
if(!(validate115(data.ticket, instancePath+"/ticket"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
if(!(validate340(data.scope, instancePath+"/scope"))){
vErrors = vErrors === null ? validate340.errors : vErrors.concat(validate340.errors);
errors = vErrors.length;
}
}
if(data.expiresAt !== undefined && func0.call(data, "expiresAt")){
if(!(validate56(data.expiresAt, instancePath+"/expiresAt"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate337.errors = vErrors;
return errors === 0;
}
function validate335(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("PolicyException" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "PolicyException"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate337(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate337.errors : vErrors.concat(validate337.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate335.errors = vErrors;
return errors === 0;
}
export const Project = validate344;
const schema112 = {"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"#/$defs/common_description"},"sources":{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"type":"string","format":"path","minLength":1,"maxLength":1024,"pattern":"^([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+))*$"}},"target":{"$ref":"#/$defs/project_target"},"environments":{"type":"object","minProperties":1,"maxProperties":256,"propertyNames":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"},"additionalProperties":{"$ref":"#/$defs/project_environment"}},"unmanaged":{"type":"string","enum":["refuse","ephemeral","keep"]},"drift":{"$ref":"#/$defs/project_drift"},"moved":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/project_move"}},"policies":{"$ref":"#/$defs/project_policies"},"trust":{"$ref":"#/$defs/project_trust"},"verification":{"$ref":"#/$defs/project_verification"},"approvals":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/project_approval"}},"secrets":{"$ref":"#/$defs/project_secrets"},"windows":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/project_window"}},"limits":{"$ref":"#/$defs/project_limits"},"protection":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","maxLength":127,"pattern":"^(\\*|[A-Z][A-Za-z0-9]{0,62})/(\\*|[a-z0-9][-a-z0-9]{0,62}\\*?)$"}},"forget":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","maxLength":127,"pattern":"^(\\*|[A-Z][A-Za-z0-9]{0,62})/(\\*|[a-z0-9][-a-z0-9]{0,62}\\*?)$"}}}};
const schema113 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"type":"string","enum":["embedded","gateway","openclaw"]},"url":{"type":"string","format":"uri","maxLength":2048,"pattern":"^(https?|wss?)://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?$"},"credentials":{"$ref":"#/$defs/common_secretRef"},"recipient":{"$ref":"#/$defs/common_ageRecipient"},"state":{"$ref":"#/$defs/common_path"},"applyTimeout":{"$ref":"#/$defs/common_duration"},"listen":{"$ref":"#/$defs/project_listen"}}};
const pattern93 = new RegExp(source42, "u");
const pattern94 = new RegExp(source43, "u");
function validate350(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 2100){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 2100});
errors++;
}
if(!pattern94.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source43});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate350.errors = vErrors;
return errors === 0;
}
const schema115 = {"type":"object","additionalProperties":false,"properties":{"address":{"type":"string","maxLength":45,"pattern":"^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+)$"},"port":{"type":"integer","minimum":0,"maximum":65535},"tls":{"$ref":"#/$defs/project_listenTls"},"hosts":{"type":"array","maxItems":64,"uniqueItems":true,"items":{"type":"string","maxLength":259,"pattern":"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?(:[0-9]{1,5})?$"}},"allowedOrigins":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","maxLength":512,"pattern":"^https?://[^/?#@\\s\\\\*]+$"}},"trustedProxies":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","maxLength":49,"pattern":"^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+)(/[0-9]{1,3})?$"}},"endpoints":{"type":"array","maxItems":8,"uniqueItems":true,"items":{"type":"string","enum":["openai-chat","openai-responses"]}}}};
const pattern95 = new RegExp(source44, "u");
const pattern96 = new RegExp(source45, "u");
const pattern97 = new RegExp(source46, "u");
const pattern98 = new RegExp(source47, "u");
function validate355(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.certificate === undefined) || (!(func0.call(data, "certificate")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "certificate"});
errors++;
}
if((data.key === undefined) || (!(func0.call(data, "key")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "key"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "certificate") || (key0 === "key"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.certificate !== undefined && func0.call(data, "certificate")){
if(!(validate42(data.certificate, instancePath+"/certificate"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate127(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate355.errors = vErrors;
return errors === 0;
}
function validate354(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "address") || (key0 === "port")) || (key0 === "tls")) || (key0 === "hosts")) || (key0 === "allowedOrigins")) || (key0 === "trustedProxies")) || (key0 === "endpoints"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
let data0 = data.address;
if(typeof data0 === "string"){
if(func54(data0) > 45){
vErrors = add(vErrors, instancePath+"/address", "maxLength", {limit: 45});
errors++;
}
if(!pattern95.test(data0)){
vErrors = add(vErrors, instancePath+"/address", "pattern", {pattern: source44});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/address", "type", {type: "string"});
errors++;
}
}
if(data.port !== undefined && func0.call(data, "port")){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/port", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/port", "maximum", {comparison: "<=", limit: 65535});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/port", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.tls !== undefined && func0.call(data, "tls")){
if(!(validate355(data.tls, instancePath+"/tls"))){
vErrors = vErrors === null ? validate355.errors : vErrors.concat(validate355.errors);
errors = vErrors.length;
}
}
if(data.hosts !== undefined && func0.call(data, "hosts")){
let data3 = data.hosts;
if(Array.isArray(data3)){
if(data3.length > 64){
vErrors = add(vErrors, instancePath+"/hosts", "maxItems", {limit: 64});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func54(data4) > 259){
vErrors = add(vErrors, instancePath+"/hosts/" + i0, "maxLength", {limit: 259});
errors++;
}
if(!pattern96.test(data4)){
vErrors = add(vErrors, instancePath+"/hosts/" + i0, "pattern", {pattern: source45});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/hosts/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/hosts", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/hosts", "type", {type: "array"});
errors++;
}
}
if(data.allowedOrigins !== undefined && func0.call(data, "allowedOrigins")){
let data5 = data.allowedOrigins;
if(Array.isArray(data5)){
if(data5.length > 256){
vErrors = add(vErrors, instancePath+"/allowedOrigins", "maxItems", {limit: 256});
errors++;
}
const len1 = data5.length;
for(let i2=0; i2<len1; i2++){
let data6 = data5[i2];
if(typeof data6 === "string"){
if(func54(data6) > 512){
vErrors = add(vErrors, instancePath+"/allowedOrigins/" + i2, "maxLength", {limit: 512});
errors++;
}
if(!pattern97.test(data6)){
vErrors = add(vErrors, instancePath+"/allowedOrigins/" + i2, "pattern", {pattern: source46});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allowedOrigins/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data5.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data5[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/allowedOrigins", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/allowedOrigins", "type", {type: "array"});
errors++;
}
}
if(data.trustedProxies !== undefined && func0.call(data, "trustedProxies")){
let data7 = data.trustedProxies;
if(Array.isArray(data7)){
if(data7.length > 256){
vErrors = add(vErrors, instancePath+"/trustedProxies", "maxItems", {limit: 256});
errors++;
}
const len2 = data7.length;
for(let i4=0; i4<len2; i4++){
let data8 = data7[i4];
if(typeof data8 === "string"){
if(func54(data8) > 49){
vErrors = add(vErrors, instancePath+"/trustedProxies/" + i4, "maxLength", {limit: 49});
errors++;
}
if(!pattern98.test(data8)){
vErrors = add(vErrors, instancePath+"/trustedProxies/" + i4, "pattern", {pattern: source47});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/trustedProxies/" + i4, "type", {type: "string"});
errors++;
}
}
let i5 = data7.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data7[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/trustedProxies", "uniqueItems", {i: i5, j: j2});
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/trustedProxies", "type", {type: "array"});
errors++;
}
}
if(data.endpoints !== undefined && func0.call(data, "endpoints")){
let data9 = data.endpoints;
if(Array.isArray(data9)){
if(data9.length > 8){
vErrors = add(vErrors, instancePath+"/endpoints", "maxItems", {limit: 8});
errors++;
}
const len3 = data9.length;
for(let i6=0; i6<len3; i6++){
let data10 = data9[i6];
if(typeof data10 !== "string"){
vErrors = add(vErrors, instancePath+"/endpoints/" + i6, "type", {type: "string"});
errors++;
}
if(!((data10 === "openai-chat") || (data10 === "openai-responses"))){
vErrors = add(vErrors, instancePath+"/endpoints/" + i6, "enum", {allowedValues: schema115.properties.endpoints.items.enum});
errors++;
}
}
let i7 = data9.length;
let j3;
if(i7 > 1){
const indices3 = {};
for(;i7--;){
let item3 = data9[i7];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
vErrors = add(vErrors, instancePath+"/endpoints", "uniqueItems", {i: i7, j: j3});
errors++;
break;
}
indices3[item3] = i7;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/endpoints", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate354.errors = vErrors;
return errors === 0;
}
function validate348(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.type === undefined) || (!(func0.call(data, "type")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "type"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "type") || (key0 === "url")) || (key0 === "credentials")) || (key0 === "recipient")) || (key0 === "state")) || (key0 === "applyTimeout")) || (key0 === "listen"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.type !== undefined && func0.call(data, "type")){
let data0 = data.type;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/type", "type", {type: "string"});
errors++;
}
if(!(((data0 === "embedded") || (data0 === "gateway")) || (data0 === "openclaw"))){
vErrors = add(vErrors, instancePath+"/type", "enum", {allowedValues: schema113.properties.type.enum});
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
let data1 = data.url;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/url", "maxLength", {limit: 2048});
errors++;
}
if(!pattern93.test(data1)){
vErrors = add(vErrors, instancePath+"/url", "pattern", {pattern: source42});
errors++;
}
if(!(formats4(data1))){
vErrors = add(vErrors, instancePath+"/url", "format", {format: "uri"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/url", "type", {type: "string"});
errors++;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
if(!(validate127(data.credentials, instancePath+"/credentials"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.recipient !== undefined && func0.call(data, "recipient")){
if(!(validate350(data.recipient, instancePath+"/recipient"))){
vErrors = vErrors === null ? validate350.errors : vErrors.concat(validate350.errors);
errors = vErrors.length;
}
}
if(data.state !== undefined && func0.call(data, "state")){
if(!(validate31(data.state, instancePath+"/state"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.applyTimeout !== undefined && func0.call(data, "applyTimeout")){
if(!(validate36(data.applyTimeout, instancePath+"/applyTimeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.listen !== undefined && func0.call(data, "listen")){
if(!(validate354(data.listen, instancePath+"/listen"))){
vErrors = vErrors === null ? validate354.errors : vErrors.concat(validate354.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate348.errors = vErrors;
return errors === 0;
}
function validate361(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "description") || (key0 === "target")) || (key0 === "overlays")) || (key0 === "include")) || (key0 === "exclude"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.target !== undefined && func0.call(data, "target")){
if(!(validate348(data.target, instancePath+"/target"))){
vErrors = vErrors === null ? validate348.errors : vErrors.concat(validate348.errors);
errors = vErrors.length;
}
}
if(data.overlays !== undefined && func0.call(data, "overlays")){
let data2 = data.overlays;
if(Array.isArray(data2)){
if(data2.length > 1000){
vErrors = add(vErrors, instancePath+"/overlays", "maxItems", {limit: 1000});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 1024){
vErrors = add(vErrors, instancePath+"/overlays/" + i0, "maxLength", {limit: 1024});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/overlays/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern4.test(data3)){
vErrors = add(vErrors, instancePath+"/overlays/" + i0, "pattern", {pattern: source4});
errors++;
}
if(!(formats0(data3))){
vErrors = add(vErrors, instancePath+"/overlays/" + i0, "format", {format: "path"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/overlays/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/overlays", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/overlays", "type", {type: "array"});
errors++;
}
}
if(data.include !== undefined && func0.call(data, "include")){
let data4 = data.include;
if(Array.isArray(data4)){
if(data4.length > 10000){
vErrors = add(vErrors, instancePath+"/include", "maxItems", {limit: 10000});
errors++;
}
if(data4.length < 1){
vErrors = add(vErrors, instancePath+"/include", "minItems", {limit: 1});
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(func54(data5) > 127){
vErrors = add(vErrors, instancePath+"/include/" + i2, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data5)){
vErrors = add(vErrors, instancePath+"/include/" + i2, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/include/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data4[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/include", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/include", "type", {type: "array"});
errors++;
}
}
if(data.exclude !== undefined && func0.call(data, "exclude")){
let data6 = data.exclude;
if(Array.isArray(data6)){
if(data6.length > 10000){
vErrors = add(vErrors, instancePath+"/exclude", "maxItems", {limit: 10000});
errors++;
}
const len2 = data6.length;
for(let i4=0; i4<len2; i4++){
let data7 = data6[i4];
if(typeof data7 === "string"){
if(func54(data7) > 127){
vErrors = add(vErrors, instancePath+"/exclude/" + i4, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data7)){
vErrors = add(vErrors, instancePath+"/exclude/" + i4, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/exclude/" + i4, "type", {type: "string"});
errors++;
}
}
let i5 = data6.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data6[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/exclude", "uniqueItems", {i: i5, j: j2});
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/exclude", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate361.errors = vErrors;
return errors === 0;
}
const schema118 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["correct","report","ignore"]}}};
function validate365(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(key0 === "mode")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!(((data0 === "correct") || (data0 === "report")) || (data0 === "ignore"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema118.properties.mode.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate365.errors = vErrors;
return errors === 0;
}
const pattern103 = new RegExp(source48, "u");
function validate368(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 127){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 127});
errors++;
}
if(!pattern103.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source48});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate368.errors = vErrors;
return errors === 0;
}
function validate367(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.from === undefined) || (!(func0.call(data, "from")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "from"});
errors++;
}
if((data.to === undefined) || (!(func0.call(data, "to")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "to"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "from") || (key0 === "to"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
if(!(validate368(data.from, instancePath+"/from"))){
vErrors = vErrors === null ? validate368.errors : vErrors.concat(validate368.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined && func0.call(data, "to")){
if(!(validate368(data.to, instancePath+"/to"))){
vErrors = vErrors === null ? validate368.errors : vErrors.concat(validate368.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate367.errors = vErrors;
return errors === 0;
}
const schema121 = {"type":"object","additionalProperties":false,"properties":{"rules":{"type":"object","maxProperties":1000,"propertyNames":{"type":"string","maxLength":190,"pattern":"^[a-z0-9][-a-z0-9]*(\\.[a-z0-9][-a-z0-9_]*)?$"},"additionalProperties":{"type":"string","enum":["enforce","warn","audit","off"]}},"network":{"$ref":"#/$defs/project_network"},"exceptions":{"$ref":"#/$defs/project_exceptions"}}};
const pattern104 = new RegExp(source49, "u");
const pattern105 = new RegExp(source50, "u");
const schema123 = {"type":"object","additionalProperties":false,"required":["host","minVersion","reason"],"properties":{"host":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[^\\s/*\\p{Cc}\\p{Cf}]+$"},"minVersion":{"type":"string","enum":["TLSv1.2"]},"reason":{"type":"string","minLength":1,"maxLength":1024}}};
const pattern106 = new RegExp(source51, "u");
function validate374(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.host === undefined) || (!(func0.call(data, "host")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "host"});
errors++;
}
if((data.minVersion === undefined) || (!(func0.call(data, "minVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "minVersion"});
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reason"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "host") || (key0 === "minVersion")) || (key0 === "reason"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.host !== undefined && func0.call(data, "host")){
let data0 = data.host;
if(typeof data0 === "string"){
if(func54(data0) > 253){
vErrors = add(vErrors, instancePath+"/host", "maxLength", {limit: 253});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/host", "minLength", {limit: 1});
errors++;
}
if(!pattern106.test(data0)){
vErrors = add(vErrors, instancePath+"/host", "pattern", {pattern: source51});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/host", "type", {type: "string"});
errors++;
}
}
if(data.minVersion !== undefined && func0.call(data, "minVersion")){
let data1 = data.minVersion;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/minVersion", "type", {type: "string"});
errors++;
}
if(!(data1 === "TLSv1.2")){
vErrors = add(vErrors, instancePath+"/minVersion", "enum", {allowedValues: schema123.properties.minVersion.enum});
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data2 = data.reason;
if(typeof data2 === "string"){
if(func54(data2) > 1024){
vErrors = add(vErrors, instancePath+"/reason", "maxLength", {limit: 1024});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/reason", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/reason", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate374.errors = vErrors;
return errors === 0;
}
function validate373(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "ceiling") || (key0 === "tlsExceptions"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.ceiling !== undefined && func0.call(data, "ceiling")){
let data0 = data.ceiling;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/ceiling", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 260){
vErrors = add(vErrors, instancePath+"/ceiling/" + i0, "maxLength", {limit: 260});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/ceiling/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern105.test(data1)){
vErrors = add(vErrors, instancePath+"/ceiling/" + i0, "pattern", {pattern: source50});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/ceiling/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/ceiling", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/ceiling", "type", {type: "array"});
errors++;
}
}
if(data.tlsExceptions !== undefined && func0.call(data, "tlsExceptions")){
let data2 = data.tlsExceptions;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/tlsExceptions", "maxItems", {limit: 64});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
if(!(validate374(data2[i2], instancePath+"/tlsExceptions/" + i2))){
vErrors = vErrors === null ? validate374.errors : vErrors.concat(validate374.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tlsExceptions", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate373.errors = vErrors;
return errors === 0;
}
const schema124 = {"type":"object","additionalProperties":false,"required":["allow"],"properties":{"allow":{"type":["boolean","array"],"maxItems":1000,"uniqueItems":true,"items":{"type":"string","maxLength":190,"pattern":"^[a-z0-9][-a-z0-9]*(\\.[a-z0-9][-a-z0-9_]*)?$"}},"maxDays":{"type":"integer","minimum":1,"maximum":3650}}};
function validate377(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.allow === undefined) || (!(func0.call(data, "allow")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "allow"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "allow") || (key0 === "maxDays"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.allow !== undefined && func0.call(data, "allow")){
let data0 = data.allow;
if((typeof data0 !== "boolean") && (!(Array.isArray(data0)))){
vErrors = add(vErrors, instancePath+"/allow", "type", {type: schema124.properties.allow.type});
errors++;
}
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/allow", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 190){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "maxLength", {limit: 190});
errors++;
}
if(!pattern104.test(data1)){
vErrors = add(vErrors, instancePath+"/allow/" + i0, "pattern", {pattern: source49});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/allow/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/allow", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
}
if(data.maxDays !== undefined && func0.call(data, "maxDays")){
let data2 = data.maxDays;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/maxDays", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 3650 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxDays", "maximum", {comparison: "<=", limit: 3650});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/maxDays", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate377.errors = vErrors;
return errors === 0;
}
function validate372(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "rules") || (key0 === "network")) || (key0 === "exceptions"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.rules !== undefined && func0.call(data, "rules")){
let data0 = data.rules;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(Object.keys(data0).length > 1000){
vErrors = add(vErrors, instancePath+"/rules", "maxProperties", {limit: 1000});
errors++;
}
for(const key1 of Object.keys(data0)){
const _errs4 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 190){
vErrors = add(vErrors, instancePath+"/rules", "maxLength", {limit: 190}, key1);
errors++;
}
if(!pattern104.test(key1)){
vErrors = add(vErrors, instancePath+"/rules", "pattern", {pattern: source49}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/rules", "type", {type: "string"}, key1);
errors++;
}
var valid1 = _errs4 === errors;
if(!valid1){
vErrors = add(vErrors, instancePath+"/rules", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data0)){
let data1 = data0[key2];
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
if(!((((data1 === "enforce") || (data1 === "warn")) || (data1 === "audit")) || (data1 === "off"))){
vErrors = add(vErrors, instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "enum", {allowedValues: schema121.properties.rules.additionalProperties.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rules", "type", {type: "object"});
errors++;
}
}
if(data.network !== undefined && func0.call(data, "network")){
if(!(validate373(data.network, instancePath+"/network"))){
vErrors = vErrors === null ? validate373.errors : vErrors.concat(validate373.errors);
errors = vErrors.length;
}
}
if(data.exceptions !== undefined && func0.call(data, "exceptions")){
if(!(validate377(data.exceptions, instancePath+"/exceptions"))){
vErrors = vErrors === null ? validate377.errors : vErrors.concat(validate377.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate372.errors = vErrors;
return errors === 0;
}
function validate384(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.identity === undefined) || (!(func0.call(data, "identity")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "identity"});
errors++;
}
if((data.issuer === undefined) || (!(func0.call(data, "issuer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "issuer"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "name") || (key0 === "identity")) || (key0 === "issuer"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
let data1 = data.identity;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/identity", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/identity", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identity", "type", {type: "string"});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
let data2 = data.issuer;
if(typeof data2 === "string"){
if(func54(data2) > 2048){
vErrors = add(vErrors, instancePath+"/issuer", "maxLength", {limit: 2048});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/issuer", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/issuer", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate384.errors = vErrors;
return errors === 0;
}
function validate387(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 3){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 3});
errors++;
}
if(Object.keys(data).length < 2){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 2});
errors++;
}
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "name") || (key0 === "identity")) || (key0 === "identityPattern")) || (key0 === "issuer")) || (key0 === "key"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
let data1 = data.identity;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/identity", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/identity", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identity", "type", {type: "string"});
errors++;
}
}
if(data.identityPattern !== undefined && func0.call(data, "identityPattern")){
let data2 = data.identityPattern;
if(typeof data2 === "string"){
if(func54(data2) > 2048){
vErrors = add(vErrors, instancePath+"/identityPattern", "maxLength", {limit: 2048});
errors++;
}
if(func54(data2) < 3){
vErrors = add(vErrors, instancePath+"/identityPattern", "minLength", {limit: 3});
errors++;
}
if(!pattern74.test(data2)){
vErrors = add(vErrors, instancePath+"/identityPattern", "pattern", {pattern: source34});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identityPattern", "type", {type: "string"});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
let data3 = data.issuer;
if(typeof data3 === "string"){
if(func54(data3) > 2048){
vErrors = add(vErrors, instancePath+"/issuer", "maxLength", {limit: 2048});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/issuer", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/issuer", "type", {type: "string"});
errors++;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate42(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate387.errors = vErrors;
return errors === 0;
}
function validate391(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 4){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 4});
errors++;
}
if(Object.keys(data).length < 2){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 2});
errors++;
}
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "name") || (key0 === "identity")) || (key0 === "identityPattern")) || (key0 === "issuer")) || (key0 === "key")) || (key0 === "requireProvenance"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
let data1 = data.identity;
if(typeof data1 === "string"){
if(func54(data1) > 2048){
vErrors = add(vErrors, instancePath+"/identity", "maxLength", {limit: 2048});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/identity", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identity", "type", {type: "string"});
errors++;
}
}
if(data.identityPattern !== undefined && func0.call(data, "identityPattern")){
let data2 = data.identityPattern;
if(typeof data2 === "string"){
if(func54(data2) > 2048){
vErrors = add(vErrors, instancePath+"/identityPattern", "maxLength", {limit: 2048});
errors++;
}
if(func54(data2) < 3){
vErrors = add(vErrors, instancePath+"/identityPattern", "minLength", {limit: 3});
errors++;
}
if(!pattern74.test(data2)){
vErrors = add(vErrors, instancePath+"/identityPattern", "pattern", {pattern: source34});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/identityPattern", "type", {type: "string"});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
let data3 = data.issuer;
if(typeof data3 === "string"){
if(func54(data3) > 2048){
vErrors = add(vErrors, instancePath+"/issuer", "maxLength", {limit: 2048});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/issuer", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/issuer", "type", {type: "string"});
errors++;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate42(data.key, instancePath+"/key"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.requireProvenance !== undefined && func0.call(data, "requireProvenance")){
if(!(validate307(data.requireProvenance, instancePath+"/requireProvenance"))){
vErrors = vErrors === null ? validate307.errors : vErrors.concat(validate307.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate391.errors = vErrors;
return errors === 0;
}
function validate380(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "root") || (key0 === "allowedSigners")) || (key0 === "openpgp")) || (key0 === "identities")) || (key0 === "policies")) || (key0 === "plugins"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.root !== undefined && func0.call(data, "root")){
if(!(validate42(data.root, instancePath+"/root"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.allowedSigners !== undefined && func0.call(data, "allowedSigners")){
if(!(validate42(data.allowedSigners, instancePath+"/allowedSigners"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.openpgp !== undefined && func0.call(data, "openpgp")){
if(!(validate42(data.openpgp, instancePath+"/openpgp"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.identities !== undefined && func0.call(data, "identities")){
let data3 = data.identities;
if(Array.isArray(data3)){
if(data3.length > 256){
vErrors = add(vErrors, instancePath+"/identities", "maxItems", {limit: 256});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate384(data3[i0], instancePath+"/identities/" + i0))){
vErrors = vErrors === null ? validate384.errors : vErrors.concat(validate384.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/identities", "type", {type: "array"});
errors++;
}
}
if(data.policies !== undefined && func0.call(data, "policies")){
let data5 = data.policies;
if(Array.isArray(data5)){
if(data5.length > 256){
vErrors = add(vErrors, instancePath+"/policies", "maxItems", {limit: 256});
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate387(data5[i1], instancePath+"/policies/" + i1))){
vErrors = vErrors === null ? validate387.errors : vErrors.concat(validate387.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/policies", "type", {type: "array"});
errors++;
}
}
if(data.plugins !== undefined && func0.call(data, "plugins")){
let data7 = data.plugins;
if(Array.isArray(data7)){
if(data7.length > 256){
vErrors = add(vErrors, instancePath+"/plugins", "maxItems", {limit: 256});
errors++;
}
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
if(!(validate391(data7[i2], instancePath+"/plugins/" + i2))){
vErrors = vErrors === null ? validate391.errors : vErrors.concat(validate391.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/plugins", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate380.errors = vErrors;
return errors === 0;
}
const schema129 = {"type":"object","additionalProperties":false,"properties":{"commits":{"type":"string","enum":["off","warn","require"]},"policies":{"type":"string","enum":["rebuild","attested","locked"]}}};
function validate397(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "commits") || (key0 === "policies"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.commits !== undefined && func0.call(data, "commits")){
let data0 = data.commits;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/commits", "type", {type: "string"});
errors++;
}
if(!(((data0 === "off") || (data0 === "warn")) || (data0 === "require"))){
vErrors = add(vErrors, instancePath+"/commits", "enum", {allowedValues: schema129.properties.commits.enum});
errors++;
}
}
if(data.policies !== undefined && func0.call(data, "policies")){
let data1 = data.policies;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/policies", "type", {type: "string"});
errors++;
}
if(!(((data1 === "rebuild") || (data1 === "attested")) || (data1 === "locked"))){
vErrors = add(vErrors, instancePath+"/policies", "enum", {allowedValues: schema129.properties.policies.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate397.errors = vErrors;
return errors === 0;
}
const schema130 = {"type":"object","additionalProperties":false,"required":["when","people"],"properties":{"when":{"type":"string","enum":["widening","delete","trust-weakened","always"]},"count":{"type":"integer","minimum":1,"maximum":16},"people":{"type":"array","minItems":1,"maxItems":64,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}}}};
function validate399(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.when === undefined) || (!(func0.call(data, "when")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "when"});
errors++;
}
if((data.people === undefined) || (!(func0.call(data, "people")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "people"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "when") || (key0 === "count")) || (key0 === "people"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.when !== undefined && func0.call(data, "when")){
let data0 = data.when;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/when", "type", {type: "string"});
errors++;
}
if(!((((data0 === "widening") || (data0 === "delete")) || (data0 === "trust-weakened")) || (data0 === "always"))){
vErrors = add(vErrors, instancePath+"/when", "enum", {allowedValues: schema130.properties.when.enum});
errors++;
}
}
if(data.count !== undefined && func0.call(data, "count")){
let data1 = data.count;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/count", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 16 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/count", "maximum", {comparison: "<=", limit: 16});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/count", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.people !== undefined && func0.call(data, "people")){
let data2 = data.people;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/people", "maxItems", {limit: 64});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/people", "minItems", {limit: 1});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 63){
vErrors = add(vErrors, instancePath+"/people/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/people/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data3)){
vErrors = add(vErrors, instancePath+"/people/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/people/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/people", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/people", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate399.errors = vErrors;
return errors === 0;
}
const pattern111 = new RegExp(source52, "u");
function validate402(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
if((data.recipients === undefined) || (!(func0.call(data, "recipients")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "recipients"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "path") || (key0 === "recipients"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
let data0 = data.path;
if(typeof data0 === "string"){
if(func54(data0) > 256){
vErrors = add(vErrors, instancePath+"/path", "maxLength", {limit: 256});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/path", "minLength", {limit: 1});
errors++;
}
if(!pattern111.test(data0)){
vErrors = add(vErrors, instancePath+"/path", "pattern", {pattern: source52});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
if(data.recipients !== undefined && func0.call(data, "recipients")){
let data1 = data.recipients;
if(Array.isArray(data1)){
if(data1.length > 64){
vErrors = add(vErrors, instancePath+"/recipients", "maxItems", {limit: 64});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/recipients", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 2100){
vErrors = add(vErrors, instancePath+"/recipients/" + i0, "maxLength", {limit: 2100});
errors++;
}
if(!pattern94.test(data2)){
vErrors = add(vErrors, instancePath+"/recipients/" + i0, "pattern", {pattern: source43});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/recipients/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/recipients", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/recipients", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate402.errors = vErrors;
return errors === 0;
}
function validate401(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(key0 === "rules")){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.rules !== undefined && func0.call(data, "rules")){
let data0 = data.rules;
if(Array.isArray(data0)){
if(data0.length > 1000){
vErrors = add(vErrors, instancePath+"/rules", "maxItems", {limit: 1000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate402(data0[i0], instancePath+"/rules/" + i0))){
vErrors = vErrors === null ? validate402.errors : vErrors.concat(validate402.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rules", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate401.errors = vErrors;
return errors === 0;
}
const schema133 = {"type":"object","additionalProperties":false,"required":["name","mode"],"properties":{"name":{"$ref":"#/$defs/common_name"},"mode":{"type":"string","enum":["allow","deny"]},"days":{"type":"array","minItems":1,"maxItems":7,"uniqueItems":true,"items":{"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]}},"from":{"type":"string","maxLength":5,"pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"},"to":{"type":"string","maxLength":5,"pattern":"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},"timezone":{"type":"string","maxLength":64,"pattern":"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"}}};
const pattern113 = new RegExp(source53, "u");
const pattern114 = new RegExp(source54, "u");
function validate405(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.mode === undefined) || (!(func0.call(data, "mode")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "mode"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "name") || (key0 === "mode")) || (key0 === "days")) || (key0 === "from")) || (key0 === "to")) || (key0 === "timezone"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data1 = data.mode;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!((data1 === "allow") || (data1 === "deny"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema133.properties.mode.enum});
errors++;
}
}
if(data.days !== undefined && func0.call(data, "days")){
let data2 = data.days;
if(Array.isArray(data2)){
if(data2.length > 7){
vErrors = add(vErrors, instancePath+"/days", "maxItems", {limit: 7});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/days", "minItems", {limit: 1});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/days/" + i0, "type", {type: "string"});
errors++;
}
if(!(((((((data3 === "mon") || (data3 === "tue")) || (data3 === "wed")) || (data3 === "thu")) || (data3 === "fri")) || (data3 === "sat")) || (data3 === "sun"))){
vErrors = add(vErrors, instancePath+"/days/" + i0, "enum", {allowedValues: schema133.properties.days.items.enum});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/days", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/days", "type", {type: "array"});
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data4 = data.from;
if(typeof data4 === "string"){
if(func54(data4) > 5){
vErrors = add(vErrors, instancePath+"/from", "maxLength", {limit: 5});
errors++;
}
if(!pattern113.test(data4)){
vErrors = add(vErrors, instancePath+"/from", "pattern", {pattern: source53});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/from", "type", {type: "string"});
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data5 = data.to;
if(typeof data5 === "string"){
if(func54(data5) > 5){
vErrors = add(vErrors, instancePath+"/to", "maxLength", {limit: 5});
errors++;
}
if(!pattern114.test(data5)){
vErrors = add(vErrors, instancePath+"/to", "pattern", {pattern: source54});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/to", "type", {type: "string"});
errors++;
}
}
if(data.timezone !== undefined && func0.call(data, "timezone")){
let data6 = data.timezone;
if(typeof data6 === "string"){
if(func54(data6) > 64){
vErrors = add(vErrors, instancePath+"/timezone", "maxLength", {limit: 64});
errors++;
}
if(!pattern18.test(data6)){
vErrors = add(vErrors, instancePath+"/timezone", "pattern", {pattern: source13});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/timezone", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate405.errors = vErrors;
return errors === 0;
}
function validate409(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "percent") || (key0 === "count"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.percent !== undefined && func0.call(data, "percent")){
let data0 = data.percent;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/percent", "maximum", {comparison: "<=", limit: 100});
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/percent", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/percent", "type", {type: "number"});
errors++;
}
}
if(data.count !== undefined && func0.call(data, "count")){
let data1 = data.count;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/count", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/count", "maximum", {comparison: "<=", limit: 1000000});
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/count", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate409.errors = vErrors;
return errors === 0;
}
function validate408(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "files") || (key0 === "deletes"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.files !== undefined && func0.call(data, "files")){
let data0 = data.files;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/files", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 10000000 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/files", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/files", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.deletes !== undefined && func0.call(data, "deletes")){
if(!(validate409(data.deletes, instancePath+"/deletes"))){
vErrors = vErrors === null ? validate409.errors : vErrors.concat(validate409.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate408.errors = vErrors;
return errors === 0;
}
function validate346(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema112.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.sources !== undefined && func0.call(data, "sources")){
let data1 = data.sources;
if(Array.isArray(data1)){
if(data1.length > 1000){
vErrors = add(vErrors, instancePath+"/sources", "maxItems", {limit: 1000});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/sources", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 1024){
vErrors = add(vErrors, instancePath+"/sources/" + i0, "maxLength", {limit: 1024});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/sources/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern4.test(data2)){
vErrors = add(vErrors, instancePath+"/sources/" + i0, "pattern", {pattern: source4});
errors++;
}
if(!(formats0(data2))){
vErrors = add(vErrors, instancePath+"/sources/" + i0, "format", {format: "path"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/sources/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/sources", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/sources", "type", {type: "array"});
errors++;
}
}
if(data.target !== undefined && func0.call(data, "target")){
if(!(validate348(data.target, instancePath+"/target"))){
vErrors = vErrors === null ? validate348.errors : vErrors.concat(validate348.errors);
errors = vErrors.length;
}
}
if(data.environments !== undefined && func0.call(data, "environments")){
let data4 = data.environments;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 256){
vErrors = add(vErrors, instancePath+"/environments", "maxProperties", {limit: 256});
errors++;
}
if(Object.keys(data4).length < 1){
vErrors = add(vErrors, instancePath+"/environments", "minProperties", {limit: 1});
errors++;
}
for(const key1 of Object.keys(data4)){
const _errs10 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 63){
vErrors = add(vErrors, instancePath+"/environments", "maxLength", {limit: 63}, key1);
errors++;
}
if(func54(key1) < 1){
vErrors = add(vErrors, instancePath+"/environments", "minLength", {limit: 1}, key1);
errors++;
}
if(!pattern0.test(key1)){
vErrors = add(vErrors, instancePath+"/environments", "pattern", {pattern: source0}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/environments", "type", {type: "string"}, key1);
errors++;
}
var valid4 = _errs10 === errors;
if(!valid4){
vErrors = add(vErrors, instancePath+"/environments", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data4)){
if(!(validate361(data4[key2], instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate361.errors : vErrors.concat(validate361.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/environments", "type", {type: "object"});
errors++;
}
}
if(data.unmanaged !== undefined && func0.call(data, "unmanaged")){
let data6 = data.unmanaged;
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/unmanaged", "type", {type: "string"});
errors++;
}
if(!(((data6 === "refuse") || (data6 === "ephemeral")) || (data6 === "keep"))){
vErrors = add(vErrors, instancePath+"/unmanaged", "enum", {allowedValues: schema112.properties.unmanaged.enum});
errors++;
}
}
if(data.drift !== undefined && func0.call(data, "drift")){
if(!(validate365(data.drift, instancePath+"/drift"))){
vErrors = vErrors === null ? validate365.errors : vErrors.concat(validate365.errors);
errors = vErrors.length;
}
}
if(data.moved !== undefined && func0.call(data, "moved")){
let data8 = data.moved;
if(Array.isArray(data8)){
if(data8.length > 10000){
vErrors = add(vErrors, instancePath+"/moved", "maxItems", {limit: 10000});
errors++;
}
const len1 = data8.length;
for(let i2=0; i2<len1; i2++){
if(!(validate367(data8[i2], instancePath+"/moved/" + i2))){
vErrors = vErrors === null ? validate367.errors : vErrors.concat(validate367.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/moved", "type", {type: "array"});
errors++;
}
}
if(data.policies !== undefined && func0.call(data, "policies")){
if(!(validate372(data.policies, instancePath+"/policies"))){
vErrors = vErrors === null ? validate372.errors : vErrors.concat(validate372.errors);
errors = vErrors.length;
}
}
if(data.trust !== undefined && func0.call(data, "trust")){
if(!(validate380(data.trust, instancePath+"/trust"))){
vErrors = vErrors === null ? validate380.errors : vErrors.concat(validate380.errors);
errors = vErrors.length;
}
}
if(data.verification !== undefined && func0.call(data, "verification")){
if(!(validate397(data.verification, instancePath+"/verification"))){
vErrors = vErrors === null ? validate397.errors : vErrors.concat(validate397.errors);
errors = vErrors.length;
}
}
if(data.approvals !== undefined && func0.call(data, "approvals")){
let data13 = data.approvals;
if(Array.isArray(data13)){
if(data13.length > 64){
vErrors = add(vErrors, instancePath+"/approvals", "maxItems", {limit: 64});
errors++;
}
const len2 = data13.length;
for(let i3=0; i3<len2; i3++){
if(!(validate399(data13[i3], instancePath+"/approvals/" + i3))){
vErrors = vErrors === null ? validate399.errors : vErrors.concat(validate399.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals", "type", {type: "array"});
errors++;
}
}
if(data.secrets !== undefined && func0.call(data, "secrets")){
if(!(validate401(data.secrets, instancePath+"/secrets"))){
vErrors = vErrors === null ? validate401.errors : vErrors.concat(validate401.errors);
errors = vErrors.length;
}
}
if(data.windows !== undefined && func0.call(data, "windows")){
let data16 = data.windows;
if(Array.isArray(data16)){
if(data16.length > 64){
vErrors = add(vErrors, instancePath+"/windows", "maxItems", {limit: 64});
errors++;
}
const len3 = data16.length;
for(let i4=0; i4<len3; i4++){
if(!(validate405(data16[i4], instancePath+"/windows/" + i4))){
vErrors = vErrors === null ? validate405.errors : vErrors.concat(validate405.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/windows", "type", {type: "array"});
errors++;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate408(data.limits, instancePath+"/limits"))){
vErrors = vErrors === null ? validate408.errors : vErrors.concat(validate408.errors);
errors = vErrors.length;
}
}
if(data.protection !== undefined && func0.call(data, "protection")){
let data19 = data.protection;
if(Array.isArray(data19)){
if(data19.length > 10000){
vErrors = add(vErrors, instancePath+"/protection", "maxItems", {limit: 10000});
errors++;
}
const len4 = data19.length;
for(let i5=0; i5<len4; i5++){
let data20 = data19[i5];
if(typeof data20 === "string"){
if(func54(data20) > 127){
vErrors = add(vErrors, instancePath+"/protection/" + i5, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data20)){
vErrors = add(vErrors, instancePath+"/protection/" + i5, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/protection/" + i5, "type", {type: "string"});
errors++;
}
}
let i6 = data19.length;
let j1;
if(i6 > 1){
const indices1 = {};
for(;i6--;){
let item1 = data19[i6];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/protection", "uniqueItems", {i: i6, j: j1});
errors++;
break;
}
indices1[item1] = i6;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/protection", "type", {type: "array"});
errors++;
}
}
if(data.forget !== undefined && func0.call(data, "forget")){
let data21 = data.forget;
if(Array.isArray(data21)){
if(data21.length > 10000){
vErrors = add(vErrors, instancePath+"/forget", "maxItems", {limit: 10000});
errors++;
}
const len5 = data21.length;
for(let i7=0; i7<len5; i7++){
let data22 = data21[i7];
if(typeof data22 === "string"){
if(func54(data22) > 127){
vErrors = add(vErrors, instancePath+"/forget/" + i7, "maxLength", {limit: 127});
errors++;
}
if(!pattern83.test(data22)){
vErrors = add(vErrors, instancePath+"/forget/" + i7, "pattern", {pattern: source39});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/forget/" + i7, "type", {type: "string"});
errors++;
}
}
let i8 = data21.length;
let j2;
if(i8 > 1){
const indices2 = {};
for(;i8--;){
let item2 = data21[i8];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/forget", "uniqueItems", {i: i8, j: j2});
errors++;
break;
}
indices2[item2] = i8;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/forget", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate346.errors = vErrors;
return errors === 0;
}
function validate344(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Project" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Project"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate346(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate346.errors : vErrors.concat(validate346.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate344.errors = vErrors;
return errors === 0;
}
export const Secret = validate413;
function validate419(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.since === undefined) || (!(func0.call(data, "since")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "since"});
errors++;
}
if((data.removed === undefined) || (!(func0.call(data, "removed")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "removed"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "since") || (key0 === "removed"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.since !== undefined && func0.call(data, "since")){
if(!(validate56(data.since, instancePath+"/since"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.removed !== undefined && func0.call(data, "removed")){
let data1 = data.removed;
if(Array.isArray(data1)){
if(data1.length > 256){
vErrors = add(vErrors, instancePath+"/removed", "maxItems", {limit: 256});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/removed", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 2100){
vErrors = add(vErrors, instancePath+"/removed/" + i0, "maxLength", {limit: 2100});
errors++;
}
if(!pattern94.test(data2)){
vErrors = add(vErrors, instancePath+"/removed/" + i0, "pattern", {pattern: source43});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/removed/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/removed", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/removed", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate419.errors = vErrors;
return errors === 0;
}
function validate422(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 64){
vErrors = add(vErrors, instancePath, "maxItems", {limit: 64});
errors++;
}
if(data.length < 1){
vErrors = add(vErrors, instancePath, "minItems", {limit: 1});
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func54(data0) > 2100){
vErrors = add(vErrors, instancePath+"/" + i0, "maxLength", {limit: 2100});
errors++;
}
if(!pattern94.test(data0)){
vErrors = add(vErrors, instancePath+"/" + i0, "pattern", {pattern: source43});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath, "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "array"});
errors++;
}
validate422.errors = vErrors;
return errors === 0;
}
const pattern121 = new RegExp(source55, "u");
function validate417(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 1});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "age") || (key0 === "file")) || (key0 === "env")) || (key0 === "pending"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.age !== undefined && func0.call(data, "age")){
let data0 = data.age;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if((data0.recipients === undefined) || (!(func0.call(data0, "recipients")))){
vErrors = add(vErrors, instancePath+"/age", "required", {missingProperty: "recipients"});
errors++;
}
if((data0.envelope === undefined) || (!(func0.call(data0, "envelope")))){
vErrors = add(vErrors, instancePath+"/age", "required", {missingProperty: "envelope"});
errors++;
}
for(const key1 of Object.keys(data0)){
if(!((((key1 === "setAt") || (key1 === "rotate")) || (key1 === "recipients")) || (key1 === "envelope"))){
vErrors = add(vErrors, instancePath+"/age", "additionalProperties", {additionalProperty: key1});
errors++;
}
}
if(data0.setAt !== undefined && func0.call(data0, "setAt")){
if(!(validate56(data0.setAt, instancePath+"/age/setAt"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data0.rotate !== undefined && func0.call(data0, "rotate")){
if(!(validate419(data0.rotate, instancePath+"/age/rotate"))){
vErrors = vErrors === null ? validate419.errors : vErrors.concat(validate419.errors);
errors = vErrors.length;
}
}
if(data0.recipients !== undefined && func0.call(data0, "recipients")){
if(!(validate422(data0.recipients, instancePath+"/age/recipients"))){
vErrors = vErrors === null ? validate422.errors : vErrors.concat(validate422.errors);
errors = vErrors.length;
}
}
if(data0.envelope !== undefined && func0.call(data0, "envelope")){
let data4 = data0.envelope;
if(typeof data4 === "string"){
if(func54(data4) > 2097152){
vErrors = add(vErrors, instancePath+"/age/envelope", "maxLength", {limit: 2097152});
errors++;
}
if(func54(data4) < 1){
vErrors = add(vErrors, instancePath+"/age/envelope", "minLength", {limit: 1});
errors++;
}
if(!pattern121.test(data4)){
vErrors = add(vErrors, instancePath+"/age/envelope", "pattern", {pattern: source55});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/age/envelope", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/age", "type", {type: "object"});
errors++;
}
}
if(data.file !== undefined && func0.call(data, "file")){
let data5 = data.file;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if((data5.path === undefined) || (!(func0.call(data5, "path")))){
vErrors = add(vErrors, instancePath+"/file", "required", {missingProperty: "path"});
errors++;
}
for(const key2 of Object.keys(data5)){
if(!((((key2 === "setAt") || (key2 === "rotate")) || (key2 === "path")) || (key2 === "recipients"))){
vErrors = add(vErrors, instancePath+"/file", "additionalProperties", {additionalProperty: key2});
errors++;
}
}
if(data5.setAt !== undefined && func0.call(data5, "setAt")){
if(!(validate56(data5.setAt, instancePath+"/file/setAt"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data5.rotate !== undefined && func0.call(data5, "rotate")){
if(!(validate419(data5.rotate, instancePath+"/file/rotate"))){
vErrors = vErrors === null ? validate419.errors : vErrors.concat(validate419.errors);
errors = vErrors.length;
}
}
if(data5.path !== undefined && func0.call(data5, "path")){
if(!(validate31(data5.path, instancePath+"/file/path"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data5.recipients !== undefined && func0.call(data5, "recipients")){
if(!(validate422(data5.recipients, instancePath+"/file/recipients"))){
vErrors = vErrors === null ? validate422.errors : vErrors.concat(validate422.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/file", "type", {type: "object"});
errors++;
}
}
if(data.env !== undefined && func0.call(data, "env")){
let data10 = data.env;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if((data10.name === undefined) || (!(func0.call(data10, "name")))){
vErrors = add(vErrors, instancePath+"/env", "required", {missingProperty: "name"});
errors++;
}
for(const key3 of Object.keys(data10)){
if(!((key3 === "setAt") || (key3 === "name"))){
vErrors = add(vErrors, instancePath+"/env", "additionalProperties", {additionalProperty: key3});
errors++;
}
}
if(data10.setAt !== undefined && func0.call(data10, "setAt")){
if(!(validate56(data10.setAt, instancePath+"/env/setAt"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data10.name !== undefined && func0.call(data10, "name")){
let data12 = data10.name;
if(typeof data12 === "string"){
if(func54(data12) > 256){
vErrors = add(vErrors, instancePath+"/env/name", "maxLength", {limit: 256});
errors++;
}
if(func54(data12) < 1){
vErrors = add(vErrors, instancePath+"/env/name", "minLength", {limit: 1});
errors++;
}
if(!pattern53.test(data12)){
vErrors = add(vErrors, instancePath+"/env/name", "pattern", {pattern: source25});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/env/name", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/env", "type", {type: "object"});
errors++;
}
}
if(data.pending !== undefined && func0.call(data, "pending")){
let data13 = data.pending;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 of Object.keys(data13)){
if(!((key4 === "instruction") || (key4 === "source"))){
vErrors = add(vErrors, instancePath+"/pending", "additionalProperties", {additionalProperty: key4});
errors++;
}
}
if(data13.instruction !== undefined && func0.call(data13, "instruction")){
let data14 = data13.instruction;
if(typeof data14 === "string"){
if(func54(data14) > 1024){
vErrors = add(vErrors, instancePath+"/pending/instruction", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/pending/instruction", "type", {type: "string"});
errors++;
}
}
if(data13.source !== undefined && func0.call(data13, "source")){
let data15 = data13.source;
if(typeof data15 === "string"){
if(func54(data15) > 1024){
vErrors = add(vErrors, instancePath+"/pending/source", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/pending/source", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/pending", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate417.errors = vErrors;
return errors === 0;
}
function validate415(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.values === undefined) || (!(func0.call(data, "values")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "values"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "description") || (key0 === "values")) || (key0 === "rotation"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.values !== undefined && func0.call(data, "values")){
let data1 = data.values;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length > 256){
vErrors = add(vErrors, instancePath+"/values", "maxProperties", {limit: 256});
errors++;
}
if(Object.keys(data1).length < 1){
vErrors = add(vErrors, instancePath+"/values", "minProperties", {limit: 1});
errors++;
}
for(const key1 of Object.keys(data1)){
const _errs5 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 128){
vErrors = add(vErrors, instancePath+"/values", "maxLength", {limit: 128}, key1);
errors++;
}
if(func54(key1) < 1){
vErrors = add(vErrors, instancePath+"/values", "minLength", {limit: 1}, key1);
errors++;
}
if(!pattern32.test(key1)){
vErrors = add(vErrors, instancePath+"/values", "pattern", {pattern: source19}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/values", "type", {type: "string"}, key1);
errors++;
}
var valid1 = _errs5 === errors;
if(!valid1){
vErrors = add(vErrors, instancePath+"/values", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data1)){
if(!(validate417(data1[key2], instancePath+"/values/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate417.errors : vErrors.concat(validate417.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/values", "type", {type: "object"});
errors++;
}
}
if(data.rotation !== undefined && func0.call(data, "rotation")){
let data3 = data.rotation;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if((data3.every === undefined) || (!(func0.call(data3, "every")))){
vErrors = add(vErrors, instancePath+"/rotation", "required", {missingProperty: "every"});
errors++;
}
for(const key3 of Object.keys(data3)){
if(!(key3 === "every")){
vErrors = add(vErrors, instancePath+"/rotation", "additionalProperties", {additionalProperty: key3});
errors++;
}
}
if(data3.every !== undefined && func0.call(data3, "every")){
if(!(validate36(data3.every, instancePath+"/rotation/every"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rotation", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate415.errors = vErrors;
return errors === 0;
}
function validate413(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Secret" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Secret"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate415(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate415.errors : vErrors.concat(validate415.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate413.errors = vErrors;
return errors === 0;
}
export const Skill = validate432;
const schema142 = {"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"#/$defs/common_description"},"enabled":{"type":"boolean"},"prompt":{"$ref":"#/$defs/common_fileText"},"bundle":{"$ref":"#/$defs/skill_bundle"},"signer":{"$ref":"#/$defs/plugin_signer"},"requireProvenance":{"$ref":"#/$defs/plugin_provenance"},"load":{"type":"string","enum":["always","on-demand"]},"files":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/skill_file"}},"version":{"type":"string","minLength":1,"maxLength":64},"homepage":{"$ref":"#/$defs/common_httpUrl"},"requires":{"$ref":"#/$defs/skill_requires"},"env":{"type":"object","maxProperties":256,"propertyNames":{"type":"string","maxLength":256,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/common_textOrSecret"}},"config":{"type":"object","maxProperties":1000,"propertyNames":{"type":"string","maxLength":128,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_.]*$"},"additionalProperties":{}}}};
function validate437(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
if((data.file === undefined) || (!(func0.call(data, "file")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "file"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "digest") || (key0 === "file")) || (key0 === "signature")) || (key0 === "maxBytes")) || (key0 === "provenance")) || (key0 === "prompt")) || (key0 === "files"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate253(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate253.errors : vErrors.concat(validate253.errors);
errors = vErrors.length;
}
}
if(data.file !== undefined && func0.call(data, "file")){
if(!(validate31(data.file, instancePath+"/file"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.signature !== undefined && func0.call(data, "signature")){
if(!(validate31(data.signature, instancePath+"/signature"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.provenance !== undefined && func0.call(data, "provenance")){
if(!(validate31(data.provenance, instancePath+"/provenance"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
let data5 = data.prompt;
if(typeof data5 === "string"){
if(func54(data5) > 512){
vErrors = add(vErrors, instancePath+"/prompt", "maxLength", {limit: 512});
errors++;
}
if(func54(data5) < 1){
vErrors = add(vErrors, instancePath+"/prompt", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/prompt", "type", {type: "string"});
errors++;
}
}
if(data.files !== undefined && func0.call(data, "files")){
let data6 = data.files;
if(Array.isArray(data6)){
if(data6.length > 1000){
vErrors = add(vErrors, instancePath+"/files", "maxItems", {limit: 1000});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(func54(data7) > 512){
vErrors = add(vErrors, instancePath+"/files/" + i0, "maxLength", {limit: 512});
errors++;
}
if(func54(data7) < 1){
vErrors = add(vErrors, instancePath+"/files/" + i0, "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/files/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/files", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/files", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate437.errors = vErrors;
return errors === 0;
}
function validate446(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
if((data.content === undefined) || (!(func0.call(data, "content")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "content"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "path") || (key0 === "content"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
if(!(validate31(data.path, instancePath+"/path"))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.content !== undefined && func0.call(data, "content")){
if(!(validate42(data.content, instancePath+"/content"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate446.errors = vErrors;
return errors === 0;
}
function validate451(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "tools") || (key0 === "commands"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
let data0 = data.tools;
if(Array.isArray(data0)){
if(data0.length > 256){
vErrors = add(vErrors, instancePath+"/tools", "maxItems", {limit: 256});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 200){
vErrors = add(vErrors, instancePath+"/tools/" + i0, "maxLength", {limit: 200});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/tools/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/tools/" + i0, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tools/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/tools", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tools", "type", {type: "array"});
errors++;
}
}
if(data.commands !== undefined && func0.call(data, "commands")){
let data2 = data.commands;
if(Array.isArray(data2)){
if(data2.length > 256){
vErrors = add(vErrors, instancePath+"/commands", "maxItems", {limit: 256});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 128){
vErrors = add(vErrors, instancePath+"/commands/" + i2, "maxLength", {limit: 128});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/commands/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern105.test(data3)){
vErrors = add(vErrors, instancePath+"/commands/" + i2, "pattern", {pattern: source50});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/commands/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/commands", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/commands", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate451.errors = vErrors;
return errors === 0;
}
function validate434(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema142.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.bundle !== undefined && func0.call(data, "bundle")){
if(!(validate437(data.bundle, instancePath+"/bundle"))){
vErrors = vErrors === null ? validate437.errors : vErrors.concat(validate437.errors);
errors = vErrors.length;
}
}
if(data.signer !== undefined && func0.call(data, "signer")){
if(!(validate304(data.signer, instancePath+"/signer"))){
vErrors = vErrors === null ? validate304.errors : vErrors.concat(validate304.errors);
errors = vErrors.length;
}
}
if(data.requireProvenance !== undefined && func0.call(data, "requireProvenance")){
if(!(validate307(data.requireProvenance, instancePath+"/requireProvenance"))){
vErrors = vErrors === null ? validate307.errors : vErrors.concat(validate307.errors);
errors = vErrors.length;
}
}
if(data.load !== undefined && func0.call(data, "load")){
let data6 = data.load;
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/load", "type", {type: "string"});
errors++;
}
if(!((data6 === "always") || (data6 === "on-demand"))){
vErrors = add(vErrors, instancePath+"/load", "enum", {allowedValues: schema142.properties.load.enum});
errors++;
}
}
if(data.files !== undefined && func0.call(data, "files")){
let data7 = data.files;
if(Array.isArray(data7)){
if(data7.length > 1000){
vErrors = add(vErrors, instancePath+"/files", "maxItems", {limit: 1000});
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate446(data7[i0], instancePath+"/files/" + i0))){
vErrors = vErrors === null ? validate446.errors : vErrors.concat(validate446.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/files", "type", {type: "array"});
errors++;
}
}
if(data.version !== undefined && func0.call(data, "version")){
let data9 = data.version;
if(typeof data9 === "string"){
if(func54(data9) > 64){
vErrors = add(vErrors, instancePath+"/version", "maxLength", {limit: 64});
errors++;
}
if(func54(data9) < 1){
vErrors = add(vErrors, instancePath+"/version", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/version", "type", {type: "string"});
errors++;
}
}
if(data.homepage !== undefined && func0.call(data, "homepage")){
if(!(validate115(data.homepage, instancePath+"/homepage"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.requires !== undefined && func0.call(data, "requires")){
if(!(validate451(data.requires, instancePath+"/requires"))){
vErrors = vErrors === null ? validate451.errors : vErrors.concat(validate451.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined && func0.call(data, "env")){
let data12 = data.env;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length > 256){
vErrors = add(vErrors, instancePath+"/env", "maxProperties", {limit: 256});
errors++;
}
for(const key1 of Object.keys(data12)){
const _errs20 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 256){
vErrors = add(vErrors, instancePath+"/env", "maxLength", {limit: 256}, key1);
errors++;
}
if(!pattern53.test(key1)){
vErrors = add(vErrors, instancePath+"/env", "pattern", {pattern: source25}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/env", "type", {type: "string"}, key1);
errors++;
}
var valid3 = _errs20 === errors;
if(!valid3){
vErrors = add(vErrors, instancePath+"/env", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data12)){
if(!(validate195(data12[key2], instancePath+"/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/env", "type", {type: "object"});
errors++;
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data14 = data.config;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(Object.keys(data14).length > 1000){
vErrors = add(vErrors, instancePath+"/config", "maxProperties", {limit: 1000});
errors++;
}
for(const key3 of Object.keys(data14)){
const _errs26 = errors;
if(typeof key3 === "string"){
if(func54(key3) > 128){
vErrors = add(vErrors, instancePath+"/config", "maxLength", {limit: 128}, key3);
errors++;
}
if(!pattern75.test(key3)){
vErrors = add(vErrors, instancePath+"/config", "pattern", {pattern: source35}, key3);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/config", "type", {type: "string"}, key3);
errors++;
}
var valid5 = _errs26 === errors;
if(!valid5){
vErrors = add(vErrors, instancePath+"/config", "propertyNames", {propertyName: key3});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/config", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate434.errors = vErrors;
return errors === 0;
}
function validate432(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Skill" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Skill"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate434(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate434.errors : vErrors.concat(validate434.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate432.errors = vErrors;
return errors === 0;
}
export const Team = validate455;
const schema148 = {"type":"object","additionalProperties":false,"required":["pattern","agents"],"properties":{"pattern":{"type":"string","enum":["sequential","parallel","supervisor","hierarchical","blackboard"]},"agents":{"type":"array","maxItems":256,"minItems":1,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"coordinator":{"$ref":"#/$defs/common_name"},"sharedContext":{"$ref":"#/$defs/team_sharedContext"},"maxRounds":{"type":"integer","minimum":1,"maximum":1000},"timeout":{"$ref":"#/$defs/common_duration"},"onError":{"type":"string","enum":["fail","skip","retry"]}}};
const schema149 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["handoff","messages","board"]},"maxBytes":{"$ref":"#/$defs/common_byteSize"},"retention":{"$ref":"#/$defs/common_duration"}}};
function validate461(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "scope") || (key0 === "maxBytes")) || (key0 === "retention"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.scope !== undefined && func0.call(data, "scope")){
let data0 = data.scope;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/scope", "type", {type: "string"});
errors++;
}
if(!(((data0 === "handoff") || (data0 === "messages")) || (data0 === "board"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema149.properties.scope.enum});
errors++;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, instancePath+"/retention"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate461.errors = vErrors;
return errors === 0;
}
function validate459(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.pattern === undefined) || (!(func0.call(data, "pattern")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "pattern"});
errors++;
}
if((data.agents === undefined) || (!(func0.call(data, "agents")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "agents"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "pattern") || (key0 === "agents")) || (key0 === "coordinator")) || (key0 === "sharedContext")) || (key0 === "maxRounds")) || (key0 === "timeout")) || (key0 === "onError"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.pattern !== undefined && func0.call(data, "pattern")){
let data0 = data.pattern;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/pattern", "type", {type: "string"});
errors++;
}
if(!(((((data0 === "sequential") || (data0 === "parallel")) || (data0 === "supervisor")) || (data0 === "hierarchical")) || (data0 === "blackboard"))){
vErrors = add(vErrors, instancePath+"/pattern", "enum", {allowedValues: schema148.properties.pattern.enum});
errors++;
}
}
if(data.agents !== undefined && func0.call(data, "agents")){
let data1 = data.agents;
if(Array.isArray(data1)){
if(data1.length > 256){
vErrors = add(vErrors, instancePath+"/agents", "maxItems", {limit: 256});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/agents", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 63){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data2)){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/agents/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/agents", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/agents", "type", {type: "array"});
errors++;
}
}
if(data.coordinator !== undefined && func0.call(data, "coordinator")){
if(!(validate24(data.coordinator, instancePath+"/coordinator"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.sharedContext !== undefined && func0.call(data, "sharedContext")){
if(!(validate461(data.sharedContext, instancePath+"/sharedContext"))){
vErrors = vErrors === null ? validate461.errors : vErrors.concat(validate461.errors);
errors = vErrors.length;
}
}
if(data.maxRounds !== undefined && func0.call(data, "maxRounds")){
let data5 = data.maxRounds;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/maxRounds", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/maxRounds", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data5 < 1 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/maxRounds", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.onError !== undefined && func0.call(data, "onError")){
let data7 = data.onError;
if(typeof data7 !== "string"){
vErrors = add(vErrors, instancePath+"/onError", "type", {type: "string"});
errors++;
}
if(!(((data7 === "fail") || (data7 === "skip")) || (data7 === "retry"))){
vErrors = add(vErrors, instancePath+"/onError", "enum", {allowedValues: schema148.properties.onError.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate459.errors = vErrors;
return errors === 0;
}
const schema151 = {"type":"object","additionalProperties":false,"required":["name","role","identities"],"properties":{"name":{"$ref":"#/$defs/common_name"},"displayName":{"type":"string","minLength":1,"maxLength":128},"role":{"type":"string","enum":["viewer","operator","editor","owner"]},"identities":{"$ref":"#/$defs/team_identities"}}};
const pattern128 = new RegExp(source56, "u");
const pattern129 = new RegExp(source57, "u");
function validate471(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.issuer === undefined) || (!(func0.call(data, "issuer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "issuer"});
errors++;
}
if((data.subject === undefined) || (!(func0.call(data, "subject")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "subject"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "issuer") || (key0 === "subject"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.issuer !== undefined && func0.call(data, "issuer")){
if(!(validate115(data.issuer, instancePath+"/issuer"))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.subject !== undefined && func0.call(data, "subject")){
let data1 = data.subject;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/subject", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/subject", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data1)){
vErrors = add(vErrors, instancePath+"/subject", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/subject", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate471.errors = vErrors;
return errors === 0;
}
function validate474(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.channel === undefined) || (!(func0.call(data, "channel")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "channel"});
errors++;
}
if((data.id === undefined) || (!(func0.call(data, "id")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "id"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "channel") || (key0 === "id"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.channel !== undefined && func0.call(data, "channel")){
if(!(validate24(data.channel, instancePath+"/channel"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.id !== undefined && func0.call(data, "id")){
let data1 = data.id;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/id", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/id", "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data1)){
vErrors = add(vErrors, instancePath+"/id", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate474.errors = vErrors;
return errors === 0;
}
function validate470(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "ssh") || (key0 === "emails")) || (key0 === "oidc")) || (key0 === "channels"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.ssh !== undefined && func0.call(data, "ssh")){
let data0 = data.ssh;
if(Array.isArray(data0)){
if(data0.length > 64){
vErrors = add(vErrors, instancePath+"/ssh", "maxItems", {limit: 64});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 8192){
vErrors = add(vErrors, instancePath+"/ssh/" + i0, "maxLength", {limit: 8192});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/ssh/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern128.test(data1)){
vErrors = add(vErrors, instancePath+"/ssh/" + i0, "pattern", {pattern: source56});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/ssh/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/ssh", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/ssh", "type", {type: "array"});
errors++;
}
}
if(data.emails !== undefined && func0.call(data, "emails")){
let data2 = data.emails;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/emails", "maxItems", {limit: 64});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 320){
vErrors = add(vErrors, instancePath+"/emails/" + i2, "maxLength", {limit: 320});
errors++;
}
if(func54(data3) < 3){
vErrors = add(vErrors, instancePath+"/emails/" + i2, "minLength", {limit: 3});
errors++;
}
if(!pattern129.test(data3)){
vErrors = add(vErrors, instancePath+"/emails/" + i2, "pattern", {pattern: source57});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/emails/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/emails", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/emails", "type", {type: "array"});
errors++;
}
}
if(data.oidc !== undefined && func0.call(data, "oidc")){
let data4 = data.oidc;
if(Array.isArray(data4)){
if(data4.length > 64){
vErrors = add(vErrors, instancePath+"/oidc", "maxItems", {limit: 64});
errors++;
}
const len2 = data4.length;
for(let i4=0; i4<len2; i4++){
if(!(validate471(data4[i4], instancePath+"/oidc/" + i4))){
vErrors = vErrors === null ? validate471.errors : vErrors.concat(validate471.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/oidc", "type", {type: "array"});
errors++;
}
}
if(data.channels !== undefined && func0.call(data, "channels")){
let data6 = data.channels;
if(Array.isArray(data6)){
if(data6.length > 256){
vErrors = add(vErrors, instancePath+"/channels", "maxItems", {limit: 256});
errors++;
}
const len3 = data6.length;
for(let i5=0; i5<len3; i5++){
if(!(validate474(data6[i5], instancePath+"/channels/" + i5))){
vErrors = vErrors === null ? validate474.errors : vErrors.concat(validate474.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/channels", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate470.errors = vErrors;
return errors === 0;
}
function validate468(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.role === undefined) || (!(func0.call(data, "role")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "role"});
errors++;
}
if((data.identities === undefined) || (!(func0.call(data, "identities")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "identities"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "name") || (key0 === "displayName")) || (key0 === "role")) || (key0 === "identities"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate24(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.displayName !== undefined && func0.call(data, "displayName")){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(func54(data1) > 128){
vErrors = add(vErrors, instancePath+"/displayName", "maxLength", {limit: 128});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/displayName", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/displayName", "type", {type: "string"});
errors++;
}
}
if(data.role !== undefined && func0.call(data, "role")){
let data2 = data.role;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/role", "type", {type: "string"});
errors++;
}
if(!((((data2 === "viewer") || (data2 === "operator")) || (data2 === "editor")) || (data2 === "owner"))){
vErrors = add(vErrors, instancePath+"/role", "enum", {allowedValues: schema151.properties.role.enum});
errors++;
}
}
if(data.identities !== undefined && func0.call(data, "identities")){
if(!(validate470(data.identities, instancePath+"/identities"))){
vErrors = vErrors === null ? validate470.errors : vErrors.concat(validate470.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate468.errors = vErrors;
return errors === 0;
}
const schema155 = {"type":"object","additionalProperties":false,"required":["resource"],"properties":{"resource":{"$ref":"#/$defs/common_address"},"visibility":{"type":"string","enum":["private","team","public"]},"canUse":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","maxLength":68,"pattern":"^(role:(viewer|operator|editor|owner)|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$"}},"canEdit":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","maxLength":68,"pattern":"^(role:(viewer|operator|editor|owner)|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$"}},"canDelete":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"type":"string","maxLength":68,"pattern":"^(role:(viewer|operator|editor|owner)|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$"}}}};
const pattern132 = new RegExp(source58, "u");
function validate479(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.resource === undefined) || (!(func0.call(data, "resource")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resource"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "resource") || (key0 === "visibility")) || (key0 === "canUse")) || (key0 === "canEdit")) || (key0 === "canDelete"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.resource !== undefined && func0.call(data, "resource")){
if(!(validate368(data.resource, instancePath+"/resource"))){
vErrors = vErrors === null ? validate368.errors : vErrors.concat(validate368.errors);
errors = vErrors.length;
}
}
if(data.visibility !== undefined && func0.call(data, "visibility")){
let data1 = data.visibility;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/visibility", "type", {type: "string"});
errors++;
}
if(!(((data1 === "private") || (data1 === "team")) || (data1 === "public"))){
vErrors = add(vErrors, instancePath+"/visibility", "enum", {allowedValues: schema155.properties.visibility.enum});
errors++;
}
}
if(data.canUse !== undefined && func0.call(data, "canUse")){
let data2 = data.canUse;
if(Array.isArray(data2)){
if(data2.length > 10000){
vErrors = add(vErrors, instancePath+"/canUse", "maxItems", {limit: 10000});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func54(data3) > 68){
vErrors = add(vErrors, instancePath+"/canUse/" + i0, "maxLength", {limit: 68});
errors++;
}
if(!pattern132.test(data3)){
vErrors = add(vErrors, instancePath+"/canUse/" + i0, "pattern", {pattern: source58});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/canUse/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/canUse", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/canUse", "type", {type: "array"});
errors++;
}
}
if(data.canEdit !== undefined && func0.call(data, "canEdit")){
let data4 = data.canEdit;
if(Array.isArray(data4)){
if(data4.length > 10000){
vErrors = add(vErrors, instancePath+"/canEdit", "maxItems", {limit: 10000});
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(func54(data5) > 68){
vErrors = add(vErrors, instancePath+"/canEdit/" + i2, "maxLength", {limit: 68});
errors++;
}
if(!pattern132.test(data5)){
vErrors = add(vErrors, instancePath+"/canEdit/" + i2, "pattern", {pattern: source58});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/canEdit/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data4[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/canEdit", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/canEdit", "type", {type: "array"});
errors++;
}
}
if(data.canDelete !== undefined && func0.call(data, "canDelete")){
let data6 = data.canDelete;
if(Array.isArray(data6)){
if(data6.length > 10000){
vErrors = add(vErrors, instancePath+"/canDelete", "maxItems", {limit: 10000});
errors++;
}
const len2 = data6.length;
for(let i4=0; i4<len2; i4++){
let data7 = data6[i4];
if(typeof data7 === "string"){
if(func54(data7) > 68){
vErrors = add(vErrors, instancePath+"/canDelete/" + i4, "maxLength", {limit: 68});
errors++;
}
if(!pattern132.test(data7)){
vErrors = add(vErrors, instancePath+"/canDelete/" + i4, "pattern", {pattern: source58});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/canDelete/" + i4, "type", {type: "string"});
errors++;
}
}
let i5 = data6.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data6[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
vErrors = add(vErrors, instancePath+"/canDelete", "uniqueItems", {i: i5, j: j2});
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/canDelete", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate479.errors = vErrors;
return errors === 0;
}
function validate483(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
if((data.permissions === undefined) || (!(func0.call(data, "permissions")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "permissions"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "tool") || (key0 === "permissions"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
let data0 = data.tool;
if(typeof data0 === "string"){
if(func54(data0) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(!pattern10.test(data0)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: source8});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.permissions !== undefined && func0.call(data, "permissions")){
let data1 = data.permissions;
if(Array.isArray(data1)){
if(data1.length > 1000){
vErrors = add(vErrors, instancePath+"/permissions", "maxItems", {limit: 1000});
errors++;
}
if(data1.length < 1){
vErrors = add(vErrors, instancePath+"/permissions", "minItems", {limit: 1});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate46(data1[i0], instancePath+"/permissions/" + i0))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/permissions", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate483.errors = vErrors;
return errors === 0;
}
function validate482(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.capabilities === undefined) || (!(func0.call(data, "capabilities")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "capabilities"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "agents") || (key0 === "capabilities"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.agents !== undefined && func0.call(data, "agents")){
let data0 = data.agents;
if(Array.isArray(data0)){
if(data0.length > 256){
vErrors = add(vErrors, instancePath+"/agents", "maxItems", {limit: 256});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 63){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data1)){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/agents/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/agents", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/agents", "type", {type: "array"});
errors++;
}
}
if(data.capabilities !== undefined && func0.call(data, "capabilities")){
let data2 = data.capabilities;
if(Array.isArray(data2)){
if(data2.length > 1000){
vErrors = add(vErrors, instancePath+"/capabilities", "maxItems", {limit: 1000});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
if(!(validate483(data2[i2], instancePath+"/capabilities/" + i2))){
vErrors = vErrors === null ? validate483.errors : vErrors.concat(validate483.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate482.errors = vErrors;
return errors === 0;
}
function validate467(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "members") || (key0 === "sharing")) || (key0 === "ceiling"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.members !== undefined && func0.call(data, "members")){
let data0 = data.members;
if(Array.isArray(data0)){
if(data0.length > 10000){
vErrors = add(vErrors, instancePath+"/members", "maxItems", {limit: 10000});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate468(data0[i0], instancePath+"/members/" + i0))){
vErrors = vErrors === null ? validate468.errors : vErrors.concat(validate468.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/members", "type", {type: "array"});
errors++;
}
}
if(data.sharing !== undefined && func0.call(data, "sharing")){
let data2 = data.sharing;
if(Array.isArray(data2)){
if(data2.length > 10000){
vErrors = add(vErrors, instancePath+"/sharing", "maxItems", {limit: 10000});
errors++;
}
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate479(data2[i1], instancePath+"/sharing/" + i1))){
vErrors = vErrors === null ? validate479.errors : vErrors.concat(validate479.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/sharing", "type", {type: "array"});
errors++;
}
}
if(data.ceiling !== undefined && func0.call(data, "ceiling")){
if(!(validate482(data.ceiling, instancePath+"/ceiling"))){
vErrors = vErrors === null ? validate482.errors : vErrors.concat(validate482.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate467.errors = vErrors;
return errors === 0;
}
function validate457(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "description") || (key0 === "orchestration")) || (key0 === "people"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.orchestration !== undefined && func0.call(data, "orchestration")){
if(!(validate459(data.orchestration, instancePath+"/orchestration"))){
vErrors = vErrors === null ? validate459.errors : vErrors.concat(validate459.errors);
errors = vErrors.length;
}
}
if(data.people !== undefined && func0.call(data, "people")){
if(!(validate467(data.people, instancePath+"/people"))){
vErrors = vErrors === null ? validate467.errors : vErrors.concat(validate467.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate457.errors = vErrors;
return errors === 0;
}
function validate455(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Team" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Team"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate457(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate457.errors : vErrors.concat(validate457.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate455.errors = vErrors;
return errors === 0;
}
export const Workflow = validate489;
const schema162 = {"type":"object","additionalProperties":false,"required":["text"],"properties":{"how":{"type":"string","enum":["contains","equals","starts-with","command"]},"text":{"type":"string","minLength":1,"maxLength":1024}}};
function validate495(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.text === undefined) || (!(func0.call(data, "text")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "text"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "how") || (key0 === "text"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.how !== undefined && func0.call(data, "how")){
let data0 = data.how;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/how", "type", {type: "string"});
errors++;
}
if(!((((data0 === "contains") || (data0 === "equals")) || (data0 === "starts-with")) || (data0 === "command"))){
vErrors = add(vErrors, instancePath+"/how", "enum", {allowedValues: schema162.properties.how.enum});
errors++;
}
}
if(data.text !== undefined && func0.call(data, "text")){
let data1 = data.text;
if(typeof data1 === "string"){
if(func54(data1) > 1024){
vErrors = add(vErrors, instancePath+"/text", "maxLength", {limit: 1024});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/text", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/text", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate495.errors = vErrors;
return errors === 0;
}
function validate494(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "channels") || (key0 === "from")) || (key0 === "match"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.channels !== undefined && func0.call(data, "channels")){
let data0 = data.channels;
if(Array.isArray(data0)){
if(data0.length > 256){
vErrors = add(vErrors, instancePath+"/channels", "maxItems", {limit: 256});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func54(data1) > 63){
vErrors = add(vErrors, instancePath+"/channels/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/channels/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data1)){
vErrors = add(vErrors, instancePath+"/channels/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/channels/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/channels", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/channels", "type", {type: "array"});
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data2 = data.from;
if(Array.isArray(data2)){
if(data2.length > 10000){
vErrors = add(vErrors, instancePath+"/from", "maxItems", {limit: 10000});
errors++;
}
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func54(data3) > 256){
vErrors = add(vErrors, instancePath+"/from/" + i2, "maxLength", {limit: 256});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/from/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern34.test(data3)){
vErrors = add(vErrors, instancePath+"/from/" + i2, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/from/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/from", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/from", "type", {type: "array"});
errors++;
}
}
if(data.match !== undefined && func0.call(data, "match")){
if(!(validate495(data.match, instancePath+"/match"))){
vErrors = vErrors === null ? validate495.errors : vErrors.concat(validate495.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate494.errors = vErrors;
return errors === 0;
}
const pattern139 = new RegExp(source59, "u");
function validate498(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 1});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "cron") || (key0 === "every")) || (key0 === "at"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.cron !== undefined && func0.call(data, "cron")){
let data0 = data.cron;
if(typeof data0 === "string"){
if(func54(data0) > 128){
vErrors = add(vErrors, instancePath+"/cron", "maxLength", {limit: 128});
errors++;
}
if(!pattern139.test(data0)){
vErrors = add(vErrors, instancePath+"/cron", "pattern", {pattern: source59});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/cron", "type", {type: "string"});
errors++;
}
}
if(data.every !== undefined && func0.call(data, "every")){
if(!(validate36(data.every, instancePath+"/every"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.at !== undefined && func0.call(data, "at")){
if(!(validate56(data.at, instancePath+"/at"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate498.errors = vErrors;
return errors === 0;
}
const schema164 = {"type":"object","additionalProperties":false,"required":["path","secret"],"properties":{"path":{"type":"string","maxLength":512,"pattern":"^/[A-Za-z0-9/_.~-]+$"},"authentication":{"type":"string","enum":["hmac-sha256","bearer"]},"secret":{"$ref":"#/$defs/common_secretRef"},"signatureHeader":{"type":"string","maxLength":128,"pattern":"^[a-z0-9!#$%&'*+.^_`|~-]+$"},"maxBytes":{"$ref":"#/$defs/common_byteSize"},"contentTypes":{"type":"array","maxItems":16,"uniqueItems":true,"items":{"type":"string","maxLength":128,"pattern":"^[a-z0-9.+-]+/[a-z0-9.+-]+$"}},"match":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":512,"pattern":"^(/([^~/\\p{Cc}\\p{Cf}]|~[01])*)+$"},"additionalProperties":{"type":["string","number","boolean"],"maxLength":1024}}}};
const pattern140 = new RegExp(source60, "u");
const pattern142 = new RegExp(source61, "u");
function validate502(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
if((data.secret === undefined) || (!(func0.call(data, "secret")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "secret"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "path") || (key0 === "authentication")) || (key0 === "secret")) || (key0 === "signatureHeader")) || (key0 === "maxBytes")) || (key0 === "contentTypes")) || (key0 === "match"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
let data0 = data.path;
if(typeof data0 === "string"){
if(func54(data0) > 512){
vErrors = add(vErrors, instancePath+"/path", "maxLength", {limit: 512});
errors++;
}
if(!pattern140.test(data0)){
vErrors = add(vErrors, instancePath+"/path", "pattern", {pattern: source60});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
if(data.authentication !== undefined && func0.call(data, "authentication")){
let data1 = data.authentication;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/authentication", "type", {type: "string"});
errors++;
}
if(!((data1 === "hmac-sha256") || (data1 === "bearer"))){
vErrors = add(vErrors, instancePath+"/authentication", "enum", {allowedValues: schema164.properties.authentication.enum});
errors++;
}
}
if(data.secret !== undefined && func0.call(data, "secret")){
if(!(validate127(data.secret, instancePath+"/secret"))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
if(data.signatureHeader !== undefined && func0.call(data, "signatureHeader")){
let data3 = data.signatureHeader;
if(typeof data3 === "string"){
if(func54(data3) > 128){
vErrors = add(vErrors, instancePath+"/signatureHeader", "maxLength", {limit: 128});
errors++;
}
if(!pattern54.test(data3)){
vErrors = add(vErrors, instancePath+"/signatureHeader", "pattern", {pattern: source26});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/signatureHeader", "type", {type: "string"});
errors++;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate52(data.maxBytes, instancePath+"/maxBytes"))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.contentTypes !== undefined && func0.call(data, "contentTypes")){
let data5 = data.contentTypes;
if(Array.isArray(data5)){
if(data5.length > 16){
vErrors = add(vErrors, instancePath+"/contentTypes", "maxItems", {limit: 16});
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(func54(data6) > 128){
vErrors = add(vErrors, instancePath+"/contentTypes/" + i0, "maxLength", {limit: 128});
errors++;
}
if(!pattern142.test(data6)){
vErrors = add(vErrors, instancePath+"/contentTypes/" + i0, "pattern", {pattern: source61});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/contentTypes/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/contentTypes", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/contentTypes", "type", {type: "array"});
errors++;
}
}
if(data.match !== undefined && func0.call(data, "match")){
let data7 = data.match;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 64){
vErrors = add(vErrors, instancePath+"/match", "maxProperties", {limit: 64});
errors++;
}
for(const key1 of Object.keys(data7)){
const _errs16 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 512){
vErrors = add(vErrors, instancePath+"/match", "maxLength", {limit: 512}, key1);
errors++;
}
if(!pattern73.test(key1)){
vErrors = add(vErrors, instancePath+"/match", "pattern", {pattern: source33}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/match", "type", {type: "string"}, key1);
errors++;
}
var valid4 = _errs16 === errors;
if(!valid4){
vErrors = add(vErrors, instancePath+"/match", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data7)){
let data8 = data7[key2];
if(((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))) && (typeof data8 !== "boolean")){
vErrors = add(vErrors, instancePath+"/match/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: schema164.properties.match.additionalProperties.type});
errors++;
}
if(typeof data8 === "string"){
if(func54(data8) > 1024){
vErrors = add(vErrors, instancePath+"/match/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 1024});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/match", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate502.errors = vErrors;
return errors === 0;
}
const pattern144 = new RegExp(source62, "u");
function validate506(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((key0 === "name") || (key0 === "agents"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 128){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 128});
errors++;
}
if(!pattern144.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source62});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.agents !== undefined && func0.call(data, "agents")){
let data1 = data.agents;
if(Array.isArray(data1)){
if(data1.length > 256){
vErrors = add(vErrors, instancePath+"/agents", "maxItems", {limit: 256});
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func54(data2) > 63){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data2)){
vErrors = add(vErrors, instancePath+"/agents/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/agents/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/agents", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/agents", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate506.errors = vErrors;
return errors === 0;
}
function validate493(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = add(vErrors, instancePath, "maxProperties", {limit: 1});
errors++;
}
if(Object.keys(data).length < 1){
vErrors = add(vErrors, instancePath, "minProperties", {limit: 1});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "message") || (key0 === "schedule")) || (key0 === "webhook")) || (key0 === "event"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.message !== undefined && func0.call(data, "message")){
if(!(validate494(data.message, instancePath+"/message"))){
vErrors = vErrors === null ? validate494.errors : vErrors.concat(validate494.errors);
errors = vErrors.length;
}
}
if(data.schedule !== undefined && func0.call(data, "schedule")){
if(!(validate498(data.schedule, instancePath+"/schedule"))){
vErrors = vErrors === null ? validate498.errors : vErrors.concat(validate498.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined && func0.call(data, "webhook")){
if(!(validate502(data.webhook, instancePath+"/webhook"))){
vErrors = vErrors === null ? validate502.errors : vErrors.concat(validate502.errors);
errors = vErrors.length;
}
}
if(data.event !== undefined && func0.call(data, "event")){
if(!(validate506(data.event, instancePath+"/event"))){
vErrors = vErrors === null ? validate506.errors : vErrors.concat(validate506.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate493.errors = vErrors;
return errors === 0;
}
const schema166 = {"type":"object","additionalProperties":false,"properties":{"timezone":{"type":"string","maxLength":64,"pattern":"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"},"activeHours":{"$ref":"#/$defs/workflow_activeHours"},"jitter":{"$ref":"#/$defs/common_duration"},"missed":{"type":"string","enum":["skip","run"]}}};
const schema167 = {"type":"object","additionalProperties":false,"properties":{"from":{"type":"string","maxLength":5,"pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"},"to":{"type":"string","maxLength":5,"pattern":"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},"days":{"type":"array","maxItems":7,"minItems":1,"uniqueItems":true,"items":{"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]}}}};
function validate510(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "from") || (key0 === "to")) || (key0 === "days"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data0 = data.from;
if(typeof data0 === "string"){
if(func54(data0) > 5){
vErrors = add(vErrors, instancePath+"/from", "maxLength", {limit: 5});
errors++;
}
if(!pattern113.test(data0)){
vErrors = add(vErrors, instancePath+"/from", "pattern", {pattern: source53});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/from", "type", {type: "string"});
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data1 = data.to;
if(typeof data1 === "string"){
if(func54(data1) > 5){
vErrors = add(vErrors, instancePath+"/to", "maxLength", {limit: 5});
errors++;
}
if(!pattern114.test(data1)){
vErrors = add(vErrors, instancePath+"/to", "pattern", {pattern: source54});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/to", "type", {type: "string"});
errors++;
}
}
if(data.days !== undefined && func0.call(data, "days")){
let data2 = data.days;
if(Array.isArray(data2)){
if(data2.length > 7){
vErrors = add(vErrors, instancePath+"/days", "maxItems", {limit: 7});
errors++;
}
if(data2.length < 1){
vErrors = add(vErrors, instancePath+"/days", "minItems", {limit: 1});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/days/" + i0, "type", {type: "string"});
errors++;
}
if(!(((((((data3 === "mon") || (data3 === "tue")) || (data3 === "wed")) || (data3 === "thu")) || (data3 === "fri")) || (data3 === "sat")) || (data3 === "sun"))){
vErrors = add(vErrors, instancePath+"/days/" + i0, "enum", {allowedValues: schema167.properties.days.items.enum});
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/days", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/days", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate510.errors = vErrors;
return errors === 0;
}
function validate509(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "timezone") || (key0 === "activeHours")) || (key0 === "jitter")) || (key0 === "missed"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.timezone !== undefined && func0.call(data, "timezone")){
let data0 = data.timezone;
if(typeof data0 === "string"){
if(func54(data0) > 64){
vErrors = add(vErrors, instancePath+"/timezone", "maxLength", {limit: 64});
errors++;
}
if(!pattern18.test(data0)){
vErrors = add(vErrors, instancePath+"/timezone", "pattern", {pattern: source13});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/timezone", "type", {type: "string"});
errors++;
}
}
if(data.activeHours !== undefined && func0.call(data, "activeHours")){
if(!(validate510(data.activeHours, instancePath+"/activeHours"))){
vErrors = vErrors === null ? validate510.errors : vErrors.concat(validate510.errors);
errors = vErrors.length;
}
}
if(data.jitter !== undefined && func0.call(data, "jitter")){
if(!(validate36(data.jitter, instancePath+"/jitter"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.missed !== undefined && func0.call(data, "missed")){
let data3 = data.missed;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/missed", "type", {type: "string"});
errors++;
}
if(!((data3 === "skip") || (data3 === "run"))){
vErrors = add(vErrors, instancePath+"/missed", "enum", {allowedValues: schema166.properties.missed.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate509.errors = vErrors;
return errors === 0;
}
const schema168 = {"type":"object","additionalProperties":false,"required":["value"],"properties":{"value":{"type":"string","minLength":0,"maxLength":4096},"operator":{"type":"string","enum":["equals","not-equals","contains","not-contains","starts-with","empty","not-empty","less-than","greater-than"]},"to":{"type":["string","number","boolean"],"maxLength":4096}}};
function validate514(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.value === undefined) || (!(func0.call(data, "value")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "value"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "value") || (key0 === "operator")) || (key0 === "to"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.value !== undefined && func0.call(data, "value")){
let data0 = data.value;
if(typeof data0 === "string"){
if(func54(data0) > 4096){
vErrors = add(vErrors, instancePath+"/value", "maxLength", {limit: 4096});
errors++;
}
if(func54(data0) < 0){
vErrors = add(vErrors, instancePath+"/value", "minLength", {limit: 0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/value", "type", {type: "string"});
errors++;
}
}
if(data.operator !== undefined && func0.call(data, "operator")){
let data1 = data.operator;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/operator", "type", {type: "string"});
errors++;
}
if(!(((((((((data1 === "equals") || (data1 === "not-equals")) || (data1 === "contains")) || (data1 === "not-contains")) || (data1 === "starts-with")) || (data1 === "empty")) || (data1 === "not-empty")) || (data1 === "less-than")) || (data1 === "greater-than"))){
vErrors = add(vErrors, instancePath+"/operator", "enum", {allowedValues: schema168.properties.operator.enum});
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data2 = data.to;
if(((typeof data2 !== "string") && (!((typeof data2 == "number") && (isFinite(data2))))) && (typeof data2 !== "boolean")){
vErrors = add(vErrors, instancePath+"/to", "type", {type: schema168.properties.to.type});
errors++;
}
if(typeof data2 === "string"){
if(func54(data2) > 4096){
vErrors = add(vErrors, instancePath+"/to", "maxLength", {limit: 4096});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate514.errors = vErrors;
return errors === 0;
}
const schema169 = {"type":"object","additionalProperties":false,"required":["name","action"],"properties":{"name":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"},"description":{"$ref":"#/$defs/common_description"},"action":{"type":"string","enum":["agent","message","tool","wait"]},"agent":{"$ref":"#/$defs/common_name"},"prompt":{"$ref":"#/$defs/common_fileText"},"model":{"$ref":"#/$defs/agent_model"},"skills":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}},"session":{"$ref":"#/$defs/workflow_session"},"tool":{"type":"string","maxLength":200,"pattern":"^([a-z]+(\\.[a-z]+)?|(plugin|mcp):[a-z0-9]([-a-z0-9]*[a-z0-9])?/[A-Za-z0-9_][-A-Za-z0-9_.]*)$"},"deliver":{"$ref":"#/$defs/workflow_deliver"},"inputs":{"type":"object","maxProperties":100,"propertyNames":{"type":"string","maxLength":63,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{}},"outputs":{"type":"array","maxItems":100,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}},"conditions":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/workflow_condition"}},"wait":{"$ref":"#/$defs/common_duration"},"timeout":{"$ref":"#/$defs/common_duration"},"onError":{"type":"string","enum":["fail","skip","retry"]},"retries":{"$ref":"#/$defs/modelprovider_retries"}}};
const pattern152 = new RegExp(source63, "u");
const schema170 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["isolated","main","named"]},"name":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\p{Cc}\\p{Cf}]+$"},"retention":{"$ref":"#/$defs/common_duration"},"lightContext":{"type":"boolean"}}};
function validate521(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "mode") || (key0 === "name")) || (key0 === "retention")) || (key0 === "lightContext"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.mode !== undefined && func0.call(data, "mode")){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/mode", "type", {type: "string"});
errors++;
}
if(!(((data0 === "isolated") || (data0 === "main")) || (data0 === "named"))){
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema170.properties.mode.enum});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data1 = data.name;
if(typeof data1 === "string"){
if(func54(data1) > 256){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 256});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data1)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, instancePath+"/retention"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.lightContext !== undefined && func0.call(data, "lightContext")){
if(typeof data.lightContext !== "boolean"){
vErrors = add(vErrors, instancePath+"/lightContext", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate521.errors = vErrors;
return errors === 0;
}
const schema171 = {"type":"object","additionalProperties":false,"properties":{"channel":{"$ref":"#/$defs/common_name"},"account":{"type":"string","minLength":1,"maxLength":63,"pattern":"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},"to":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\p{Cc}\\p{Cf}]+$"},"thread":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"text":{"$ref":"#/$defs/common_fileText"},"when":{"type":"string","enum":["never","always","notable"]}}};
function validate524(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "channel") || (key0 === "account")) || (key0 === "to")) || (key0 === "thread")) || (key0 === "text")) || (key0 === "when"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.channel !== undefined && func0.call(data, "channel")){
if(!(validate24(data.channel, instancePath+"/channel"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.account !== undefined && func0.call(data, "account")){
let data1 = data.account;
if(typeof data1 === "string"){
if(func54(data1) > 63){
vErrors = add(vErrors, instancePath+"/account", "maxLength", {limit: 63});
errors++;
}
if(func54(data1) < 1){
vErrors = add(vErrors, instancePath+"/account", "minLength", {limit: 1});
errors++;
}
if(!pattern32.test(data1)){
vErrors = add(vErrors, instancePath+"/account", "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/account", "type", {type: "string"});
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data2 = data.to;
if(typeof data2 === "string"){
if(func54(data2) > 256){
vErrors = add(vErrors, instancePath+"/to", "maxLength", {limit: 256});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/to", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data2)){
vErrors = add(vErrors, instancePath+"/to", "pattern", {pattern: source12});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/to", "type", {type: "string"});
errors++;
}
}
if(data.thread !== undefined && func0.call(data, "thread")){
let data3 = data.thread;
if(typeof data3 === "string"){
if(func54(data3) > 256){
vErrors = add(vErrors, instancePath+"/thread", "maxLength", {limit: 256});
errors++;
}
if(func54(data3) < 1){
vErrors = add(vErrors, instancePath+"/thread", "minLength", {limit: 1});
errors++;
}
if(!pattern5.test(data3)){
vErrors = add(vErrors, instancePath+"/thread", "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/thread", "type", {type: "string"});
errors++;
}
}
if(data.text !== undefined && func0.call(data, "text")){
if(!(validate42(data.text, instancePath+"/text"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.when !== undefined && func0.call(data, "when")){
let data5 = data.when;
if(typeof data5 !== "string"){
vErrors = add(vErrors, instancePath+"/when", "type", {type: "string"});
errors++;
}
if(!(((data5 === "never") || (data5 === "always")) || (data5 === "notable"))){
vErrors = add(vErrors, instancePath+"/when", "enum", {allowedValues: schema171.properties.when.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate524.errors = vErrors;
return errors === 0;
}
function validate516(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.action === undefined) || (!(func0.call(data, "action")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "action"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema169.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func54(data0) > 63){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 63});
errors++;
}
if(func54(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.action !== undefined && func0.call(data, "action")){
let data2 = data.action;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/action", "type", {type: "string"});
errors++;
}
if(!((((data2 === "agent") || (data2 === "message")) || (data2 === "tool")) || (data2 === "wait"))){
vErrors = add(vErrors, instancePath+"/action", "enum", {allowedValues: schema169.properties.action.enum});
errors++;
}
}
if(data.agent !== undefined && func0.call(data, "agent")){
if(!(validate24(data.agent, instancePath+"/agent"))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate42(data.prompt, instancePath+"/prompt"))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined && func0.call(data, "model")){
if(!(validate34(data.model, instancePath+"/model"))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined && func0.call(data, "skills")){
let data6 = data.skills;
if(Array.isArray(data6)){
if(data6.length > 256){
vErrors = add(vErrors, instancePath+"/skills", "maxItems", {limit: 256});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(func54(data7) > 63){
vErrors = add(vErrors, instancePath+"/skills/" + i0, "maxLength", {limit: 63});
errors++;
}
if(func54(data7) < 1){
vErrors = add(vErrors, instancePath+"/skills/" + i0, "minLength", {limit: 1});
errors++;
}
if(!pattern0.test(data7)){
vErrors = add(vErrors, instancePath+"/skills/" + i0, "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/skills/" + i0, "type", {type: "string"});
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = add(vErrors, instancePath+"/skills", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/skills", "type", {type: "array"});
errors++;
}
}
if(data.session !== undefined && func0.call(data, "session")){
if(!(validate521(data.session, instancePath+"/session"))){
vErrors = vErrors === null ? validate521.errors : vErrors.concat(validate521.errors);
errors = vErrors.length;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
let data9 = data.tool;
if(typeof data9 === "string"){
if(func54(data9) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(!pattern152.test(data9)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: source63});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.deliver !== undefined && func0.call(data, "deliver")){
if(!(validate524(data.deliver, instancePath+"/deliver"))){
vErrors = vErrors === null ? validate524.errors : vErrors.concat(validate524.errors);
errors = vErrors.length;
}
}
if(data.inputs !== undefined && func0.call(data, "inputs")){
let data11 = data.inputs;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 100){
vErrors = add(vErrors, instancePath+"/inputs", "maxProperties", {limit: 100});
errors++;
}
for(const key1 of Object.keys(data11)){
const _errs20 = errors;
if(typeof key1 === "string"){
if(func54(key1) > 63){
vErrors = add(vErrors, instancePath+"/inputs", "maxLength", {limit: 63}, key1);
errors++;
}
if(!pattern53.test(key1)){
vErrors = add(vErrors, instancePath+"/inputs", "pattern", {pattern: source25}, key1);
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/inputs", "type", {type: "string"}, key1);
errors++;
}
var valid4 = _errs20 === errors;
if(!valid4){
vErrors = add(vErrors, instancePath+"/inputs", "propertyNames", {propertyName: key1});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/inputs", "type", {type: "object"});
errors++;
}
}
if(data.outputs !== undefined && func0.call(data, "outputs")){
let data12 = data.outputs;
if(Array.isArray(data12)){
if(data12.length > 100){
vErrors = add(vErrors, instancePath+"/outputs", "maxItems", {limit: 100});
errors++;
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
let data13 = data12[i2];
if(typeof data13 === "string"){
if(func54(data13) > 63){
vErrors = add(vErrors, instancePath+"/outputs/" + i2, "maxLength", {limit: 63});
errors++;
}
if(func54(data13) < 1){
vErrors = add(vErrors, instancePath+"/outputs/" + i2, "minLength", {limit: 1});
errors++;
}
if(!pattern53.test(data13)){
vErrors = add(vErrors, instancePath+"/outputs/" + i2, "pattern", {pattern: source25});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/outputs/" + i2, "type", {type: "string"});
errors++;
}
}
let i3 = data12.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data12[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
vErrors = add(vErrors, instancePath+"/outputs", "uniqueItems", {i: i3, j: j1});
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/outputs", "type", {type: "array"});
errors++;
}
}
if(data.conditions !== undefined && func0.call(data, "conditions")){
let data14 = data.conditions;
if(Array.isArray(data14)){
if(data14.length > 64){
vErrors = add(vErrors, instancePath+"/conditions", "maxItems", {limit: 64});
errors++;
}
const len2 = data14.length;
for(let i4=0; i4<len2; i4++){
if(!(validate514(data14[i4], instancePath+"/conditions/" + i4))){
vErrors = vErrors === null ? validate514.errors : vErrors.concat(validate514.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/conditions", "type", {type: "array"});
errors++;
}
}
if(data.wait !== undefined && func0.call(data, "wait")){
if(!(validate36(data.wait, instancePath+"/wait"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.onError !== undefined && func0.call(data, "onError")){
let data18 = data.onError;
if(typeof data18 !== "string"){
vErrors = add(vErrors, instancePath+"/onError", "type", {type: "string"});
errors++;
}
if(!(((data18 === "fail") || (data18 === "skip")) || (data18 === "retry"))){
vErrors = add(vErrors, instancePath+"/onError", "enum", {allowedValues: schema169.properties.onError.enum});
errors++;
}
}
if(data.retries !== undefined && func0.call(data, "retries")){
if(!(validate273(data.retries, instancePath+"/retries"))){
vErrors = vErrors === null ? validate273.errors : vErrors.concat(validate273.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate516.errors = vErrors;
return errors === 0;
}
const schema172 = {"type":"object","additionalProperties":false,"properties":{"rate":{"$ref":"#/$defs/common_rate"},"concurrency":{"type":"integer","minimum":1,"maximum":1000},"onBusy":{"type":"string","enum":["skip","queue"]},"timeout":{"$ref":"#/$defs/common_duration"}}};
function validate533(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "rate") || (key0 === "concurrency")) || (key0 === "onBusy")) || (key0 === "timeout"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
if(!(validate49(data.rate, instancePath+"/rate"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.concurrency !== undefined && func0.call(data, "concurrency")){
let data1 = data.concurrency;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/concurrency", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/concurrency", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/concurrency", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.onBusy !== undefined && func0.call(data, "onBusy")){
let data2 = data.onBusy;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/onBusy", "type", {type: "string"});
errors++;
}
if(!((data2 === "skip") || (data2 === "queue"))){
vErrors = add(vErrors, instancePath+"/onBusy", "enum", {allowedValues: schema172.properties.onBusy.enum});
errors++;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate533.errors = vErrors;
return errors === 0;
}
function validate537(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((key0 === "runs") || (key0 === "retention"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.runs !== undefined && func0.call(data, "runs")){
let data0 = data.runs;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/runs", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100000 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/runs", "maximum", {comparison: "<=", limit: 100000});
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/runs", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, instancePath+"/retention"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate537.errors = vErrors;
return errors === 0;
}
function validate491(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.trigger === undefined) || (!(func0.call(data, "trigger")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "trigger"});
errors++;
}
if((data.steps === undefined) || (!(func0.call(data, "steps")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "steps"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((((key0 === "description") || (key0 === "enabled")) || (key0 === "trigger")) || (key0 === "timing")) || (key0 === "conditions")) || (key0 === "steps")) || (key0 === "limits")) || (key0 === "history"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined && func0.call(data, "enabled")){
if(typeof data.enabled !== "boolean"){
vErrors = add(vErrors, instancePath+"/enabled", "type", {type: "boolean"});
errors++;
}
}
if(data.trigger !== undefined && func0.call(data, "trigger")){
if(!(validate493(data.trigger, instancePath+"/trigger"))){
vErrors = vErrors === null ? validate493.errors : vErrors.concat(validate493.errors);
errors = vErrors.length;
}
}
if(data.timing !== undefined && func0.call(data, "timing")){
if(!(validate509(data.timing, instancePath+"/timing"))){
vErrors = vErrors === null ? validate509.errors : vErrors.concat(validate509.errors);
errors = vErrors.length;
}
}
if(data.conditions !== undefined && func0.call(data, "conditions")){
let data4 = data.conditions;
if(Array.isArray(data4)){
if(data4.length > 64){
vErrors = add(vErrors, instancePath+"/conditions", "maxItems", {limit: 64});
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate514(data4[i0], instancePath+"/conditions/" + i0))){
vErrors = vErrors === null ? validate514.errors : vErrors.concat(validate514.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/conditions", "type", {type: "array"});
errors++;
}
}
if(data.steps !== undefined && func0.call(data, "steps")){
let data6 = data.steps;
if(Array.isArray(data6)){
if(data6.length > 256){
vErrors = add(vErrors, instancePath+"/steps", "maxItems", {limit: 256});
errors++;
}
if(data6.length < 1){
vErrors = add(vErrors, instancePath+"/steps", "minItems", {limit: 1});
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate516(data6[i1], instancePath+"/steps/" + i1))){
vErrors = vErrors === null ? validate516.errors : vErrors.concat(validate516.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/steps", "type", {type: "array"});
errors++;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate533(data.limits, instancePath+"/limits"))){
vErrors = vErrors === null ? validate533.errors : vErrors.concat(validate533.errors);
errors = vErrors.length;
}
}
if(data.history !== undefined && func0.call(data, "history")){
if(!(validate537(data.history, instancePath+"/history"))){
vErrors = vErrors === null ? validate537.errors : vErrors.concat(validate537.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate491.errors = vErrors;
return errors === 0;
}
function validate489(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.apiVersion === undefined) || (!(func0.call(data, "apiVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.metadata === undefined) || (!(func0.call(data, "metadata")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "metadata"});
errors++;
}
if((data.spec === undefined) || (!(func0.call(data, "spec")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "spec"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.apiVersion !== undefined && func0.call(data, "apiVersion")){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/apiVersion", "type", {type: "string"});
errors++;
}
if("moltbot.dev/v1alpha1" !== data0){
vErrors = add(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "moltbot.dev/v1alpha1"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Workflow" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Workflow"});
errors++;
}
}
if(data.metadata !== undefined && func0.call(data, "metadata")){
if(!(validate23(data.metadata, instancePath+"/metadata"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate491(data.spec, instancePath+"/spec"))){
vErrors = vErrors === null ? validate491.errors : vErrors.concat(validate491.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate489.errors = vErrors;
return errors === 0;
}

