// @ts-nocheck
// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate
import { add, codePoints, equal } from "../errors.ts";
import { FORMATS } from "../formats.ts";
const source0 = "^1\\.[0-9]+$";
const source1 = "^sha256:[0-9a-f]{64}$";
const source2 = "^[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";
const source3 = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const source4 = "^(\\*|[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$";
const source5 = "^all$";
const source6 = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const source7 = "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$";
const source8 = "^https?://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?(\\?[^#\\s\\\\]*)?$";
const source9 = "^([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+))*$";
const source10 = "^[A-Za-z0-9_][-A-Za-z0-9_.]*$";
const source11 = "^[a-z][a-z0-9_-]*$";
const source12 = "^[a-z]+(\\.[a-z]+)?$";
const source13 = "^[^\\s\\p{Cc}\\p{Cf}]+$";
const source14 = "^[1-9][0-9]{0,8}/(s|min|h|d)$";
const source15 = "^[1-9][0-9]{0,8}(ms|s|m|h|d)$";
const source16 = "^[1-9][0-9]{0,8}(B|KiB|MiB|GiB)$";
const source17 = "^[A-Za-z][A-Za-z0-9-]*$";
const source18 = "^[\\x21-\\x7e][\\x20-\\x7e]*$";
const source19 = "^[A-Z][A-Z_]*$";
const source20 = "^[A-Za-z0-9+/]*={0,2}$";
const source21 = "^([0-9a-f]{40}|[0-9a-f]{64})$";
export const Backup = validate22;
const func0 = Object.prototype.hasOwnProperty;
const func53 = codePoints;
const pattern0 = new RegExp(source0, "u");
const pattern1 = new RegExp(source1, "u");
function validate23(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 71){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 71});
errors++;
}
if(!pattern1.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
function validate22(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.file === undefined) || (!(func0.call(data, "file")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "file"});
errors++;
}
if((data.lineage === undefined) || (!(func0.call(data, "lineage")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "lineage"});
errors++;
}
if((data.head === undefined) || (!(func0.call(data, "head")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "head"});
errors++;
}
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
if((data.bytes === undefined) || (!(func0.call(data, "bytes")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "bytes"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Backup" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Backup"});
errors++;
}
}
if(data.file !== undefined && func0.call(data, "file")){
if(typeof data.file !== "string"){
vErrors = add(vErrors, instancePath+"/file", "type", {type: "string"});
errors++;
}
}
if(data.lineage !== undefined && func0.call(data, "lineage")){
if(typeof data.lineage !== "string"){
vErrors = add(vErrors, instancePath+"/lineage", "type", {type: "string"});
errors++;
}
}
if(data.head !== undefined && func0.call(data, "head")){
let data4 = data.head;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if((data4.seq === undefined) || (!(func0.call(data4, "seq")))){
vErrors = add(vErrors, instancePath+"/head", "required", {missingProperty: "seq"});
errors++;
}
if((data4.hash === undefined) || (!(func0.call(data4, "hash")))){
vErrors = add(vErrors, instancePath+"/head", "required", {missingProperty: "hash"});
errors++;
}
if(data4.seq !== undefined && func0.call(data4, "seq")){
let data5 = data4.seq;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/head/seq", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/head/seq", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data4.hash !== undefined && func0.call(data4, "hash")){
if(!(validate23(data4.hash, instancePath+"/head/hash"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/head", "type", {type: "object"});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate23(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.bytes !== undefined && func0.call(data, "bytes")){
let data8 = data.bytes;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
vErrors = add(vErrors, instancePath+"/bytes", "type", {type: "integer"});
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
vErrors = add(vErrors, instancePath+"/bytes", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.hasKeys !== undefined && func0.call(data, "hasKeys")){
if(typeof data.hasKeys !== "boolean"){
vErrors = add(vErrors, instancePath+"/hasKeys", "type", {type: "boolean"});
errors++;
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
export const Diagnostics = validate26;
const schema9 = {"type":"object","additionalProperties":{},"required":["formatVersion","kind","outcome","diagnostics","hidden"],"properties":{"formatVersion":{"type":"string","maxLength":16,"pattern":"^1\\.[0-9]+$"},"kind":{"type":"string","const":"Diagnostics"},"outcome":{"type":["string","null"],"enum":["INVALID","LIMIT","UNTRUSTED","NOT_ALLOWED","DENIED","STALE","LOCKED","CORRUPT","UNAVAILABLE","PARTIAL","REFUSED",null]},"diagnostics":{"type":"array","items":{"$ref":"#/$defs/diagnostics_diagnostic"}},"hidden":{"type":"integer","minimum":0}}};
const schema10 = {"type":"object","additionalProperties":{},"required":["severity","code","outcome","summary","detail","context"],"properties":{"severity":{"type":"string","enum":["error","warning"]},"code":{"type":"string"},"outcome":{"type":"string","enum":["INVALID","LIMIT","UNTRUSTED","NOT_ALLOWED","DENIED","STALE","LOCKED","CORRUPT","UNAVAILABLE","PARTIAL","REFUSED"]},"summary":{"type":"string"},"detail":{"type":"string"},"remedy":{"type":"string"},"at":{"$ref":"#/$defs/diagnostics_place"},"related":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["message"],"properties":{"message":{"type":"string"},"at":{"$ref":"#/$defs/diagnostics_place"}}}},"context":{"type":"object","additionalProperties":{"type":["string","number"]}}}};
function validate28(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.file === undefined) || (!(func0.call(data, "file")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "file"});
errors++;
}
if(data.file !== undefined && func0.call(data, "file")){
if(typeof data.file !== "string"){
vErrors = add(vErrors, instancePath+"/file", "type", {type: "string"});
errors++;
}
}
if(data.line !== undefined && func0.call(data, "line")){
let data1 = data.line;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/line", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/line", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.column !== undefined && func0.call(data, "column")){
let data2 = data.column;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/column", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/column", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.length !== undefined && func0.call(data, "length")){
let data3 = data.length;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/length", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/length", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.pointer !== undefined && func0.call(data, "pointer")){
if(typeof data.pointer !== "string"){
vErrors = add(vErrors, instancePath+"/pointer", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
function validate27(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.severity === undefined) || (!(func0.call(data, "severity")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "severity"});
errors++;
}
if((data.code === undefined) || (!(func0.call(data, "code")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "code"});
errors++;
}
if((data.outcome === undefined) || (!(func0.call(data, "outcome")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "outcome"});
errors++;
}
if((data.summary === undefined) || (!(func0.call(data, "summary")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "summary"});
errors++;
}
if((data.detail === undefined) || (!(func0.call(data, "detail")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "detail"});
errors++;
}
if((data.context === undefined) || (!(func0.call(data, "context")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "context"});
errors++;
}
if(data.severity !== undefined && func0.call(data, "severity")){
let data0 = data.severity;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/severity", "type", {type: "string"});
errors++;
}
if(!((data0 === "error") || (data0 === "warning"))){
vErrors = add(vErrors, instancePath+"/severity", "enum", {allowedValues: schema10.properties.severity.enum});
errors++;
}
}
if(data.code !== undefined && func0.call(data, "code")){
if(typeof data.code !== "string"){
vErrors = add(vErrors, instancePath+"/code", "type", {type: "string"});
errors++;
}
}
if(data.outcome !== undefined && func0.call(data, "outcome")){
let data2 = data.outcome;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/outcome", "type", {type: "string"});
errors++;
}
if(!(((((((((((data2 === "INVALID") || (data2 === "LIMIT")) || (data2 === "UNTRUSTED")) || (data2 === "NOT_ALLOWED")) || (data2 === "DENIED")) || (data2 === "STALE")) || (data2 === "LOCKED")) || (data2 === "CORRUPT")) || (data2 === "UNAVAILABLE")) || (data2 === "PARTIAL")) || (data2 === "REFUSED"))){
vErrors = add(vErrors, instancePath+"/outcome", "enum", {allowedValues: schema10.properties.outcome.enum});
errors++;
}
}
if(data.summary !== undefined && func0.call(data, "summary")){
if(typeof data.summary !== "string"){
vErrors = add(vErrors, instancePath+"/summary", "type", {type: "string"});
errors++;
}
}
if(data.detail !== undefined && func0.call(data, "detail")){
if(typeof data.detail !== "string"){
vErrors = add(vErrors, instancePath+"/detail", "type", {type: "string"});
errors++;
}
}
if(data.remedy !== undefined && func0.call(data, "remedy")){
if(typeof data.remedy !== "string"){
vErrors = add(vErrors, instancePath+"/remedy", "type", {type: "string"});
errors++;
}
}
if(data.at !== undefined && func0.call(data, "at")){
if(!(validate28(data.at, instancePath+"/at"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.related !== undefined && func0.call(data, "related")){
let data7 = data.related;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if((data8.message === undefined) || (!(func0.call(data8, "message")))){
vErrors = add(vErrors, instancePath+"/related/" + i0, "required", {missingProperty: "message"});
errors++;
}
if(data8.message !== undefined && func0.call(data8, "message")){
if(typeof data8.message !== "string"){
vErrors = add(vErrors, instancePath+"/related/" + i0+"/message", "type", {type: "string"});
errors++;
}
}
if(data8.at !== undefined && func0.call(data8, "at")){
if(!(validate28(data8.at, instancePath+"/related/" + i0+"/at"))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/related/" + i0, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/related", "type", {type: "array"});
errors++;
}
}
if(data.context !== undefined && func0.call(data, "context")){
let data11 = data.context;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key0 of Object.keys(data11)){
let data12 = data11[key0];
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
vErrors = add(vErrors, instancePath+"/context/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: schema10.properties.context.additionalProperties.type});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/context", "type", {type: "object"});
errors++;
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
function validate26(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.outcome === undefined) || (!(func0.call(data, "outcome")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "outcome"});
errors++;
}
if((data.diagnostics === undefined) || (!(func0.call(data, "diagnostics")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "diagnostics"});
errors++;
}
if((data.hidden === undefined) || (!(func0.call(data, "hidden")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "hidden"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Diagnostics" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Diagnostics"});
errors++;
}
}
if(data.outcome !== undefined && func0.call(data, "outcome")){
let data2 = data.outcome;
if((typeof data2 !== "string") && (data2 !== null)){
vErrors = add(vErrors, instancePath+"/outcome", "type", {type: schema9.properties.outcome.type});
errors++;
}
if(!((((((((((((data2 === "INVALID") || (data2 === "LIMIT")) || (data2 === "UNTRUSTED")) || (data2 === "NOT_ALLOWED")) || (data2 === "DENIED")) || (data2 === "STALE")) || (data2 === "LOCKED")) || (data2 === "CORRUPT")) || (data2 === "UNAVAILABLE")) || (data2 === "PARTIAL")) || (data2 === "REFUSED")) || (data2 === null))){
vErrors = add(vErrors, instancePath+"/outcome", "enum", {allowedValues: schema9.properties.outcome.enum});
errors++;
}
}
if(data.diagnostics !== undefined && func0.call(data, "diagnostics")){
let data3 = data.diagnostics;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate27(data3[i0], instancePath+"/diagnostics/" + i0))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/diagnostics", "type", {type: "array"});
errors++;
}
}
if(data.hidden !== undefined && func0.call(data, "hidden")){
let data5 = data.hidden;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/hidden", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/hidden", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
export const ImportReport = validate32;
function validate33(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.values === undefined) || (!(func0.call(data, "values")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "values"});
errors++;
}
if((data.fates === undefined) || (!(func0.call(data, "fates")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "fates"});
errors++;
}
if((data.resources === undefined) || (!(func0.call(data, "resources")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resources"});
errors++;
}
if(data.values !== undefined && func0.call(data, "values")){
let data0 = data.values;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/values", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/values", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.fates !== undefined && func0.call(data, "fates")){
let data1 = data.fates;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if((data1.carried === undefined) || (!(func0.call(data1, "carried")))){
vErrors = add(vErrors, instancePath+"/fates", "required", {missingProperty: "carried"});
errors++;
}
if((data1.secret === undefined) || (!(func0.call(data1, "secret")))){
vErrors = add(vErrors, instancePath+"/fates", "required", {missingProperty: "secret"});
errors++;
}
if((data1.passthrough === undefined) || (!(func0.call(data1, "passthrough")))){
vErrors = add(vErrors, instancePath+"/fates", "required", {missingProperty: "passthrough"});
errors++;
}
if((data1.quarantined === undefined) || (!(func0.call(data1, "quarantined")))){
vErrors = add(vErrors, instancePath+"/fates", "required", {missingProperty: "quarantined"});
errors++;
}
if((data1.left === undefined) || (!(func0.call(data1, "left")))){
vErrors = add(vErrors, instancePath+"/fates", "required", {missingProperty: "left"});
errors++;
}
if(data1.carried !== undefined && func0.call(data1, "carried")){
let data2 = data1.carried;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/fates/carried", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/fates/carried", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data1.secret !== undefined && func0.call(data1, "secret")){
let data3 = data1.secret;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/fates/secret", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/fates/secret", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data1.passthrough !== undefined && func0.call(data1, "passthrough")){
let data4 = data1.passthrough;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/fates/passthrough", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/fates/passthrough", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data1.quarantined !== undefined && func0.call(data1, "quarantined")){
let data5 = data1.quarantined;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/fates/quarantined", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/fates/quarantined", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data1.left !== undefined && func0.call(data1, "left")){
let data6 = data1.left;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/fates/left", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/fates/left", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/fates", "type", {type: "object"});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data7 = data.resources;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key0 of Object.keys(data7)){
let data8 = data7[key0];
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
vErrors = add(vErrors, instancePath+"/resources/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "integer"});
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
vErrors = add(vErrors, instancePath+"/resources/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}
const pattern4 = new RegExp(source2, "u");
function validate36(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 127){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 127});
errors++;
}
if(!pattern4.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source2});
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
function validate35(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.text === undefined) || (!(func0.call(data, "text")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "text"});
errors++;
}
if(data.text !== undefined && func0.call(data, "text")){
if(typeof data.text !== "string"){
vErrors = add(vErrors, instancePath+"/text", "type", {type: "string"});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate35.errors = vErrors;
return errors === 0;
}
const schema16 = {"type":"object","additionalProperties":{},"required":["source","line","fate","to","notes"],"properties":{"source":{"type":"string"},"line":{"type":"integer","minimum":1},"fate":{"type":"string","enum":["carried","secret","passthrough","quarantined","left"]},"to":{"type":"array","items":{"$ref":"#/$defs/importreport_destination"}},"notes":{"type":"array","items":{"type":"string"}}}};
function validate40(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.pointer === undefined) || (!(func0.call(data, "pointer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "pointer"});
errors++;
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.pointer !== undefined && func0.call(data, "pointer")){
if(typeof data.pointer !== "string"){
vErrors = add(vErrors, instancePath+"/pointer", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}
function validate39(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.source === undefined) || (!(func0.call(data, "source")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "source"});
errors++;
}
if((data.line === undefined) || (!(func0.call(data, "line")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "line"});
errors++;
}
if((data.fate === undefined) || (!(func0.call(data, "fate")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "fate"});
errors++;
}
if((data.to === undefined) || (!(func0.call(data, "to")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "to"});
errors++;
}
if((data.notes === undefined) || (!(func0.call(data, "notes")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "notes"});
errors++;
}
if(data.source !== undefined && func0.call(data, "source")){
if(typeof data.source !== "string"){
vErrors = add(vErrors, instancePath+"/source", "type", {type: "string"});
errors++;
}
}
if(data.line !== undefined && func0.call(data, "line")){
let data1 = data.line;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/line", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/line", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.fate !== undefined && func0.call(data, "fate")){
let data2 = data.fate;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/fate", "type", {type: "string"});
errors++;
}
if(!(((((data2 === "carried") || (data2 === "secret")) || (data2 === "passthrough")) || (data2 === "quarantined")) || (data2 === "left"))){
vErrors = add(vErrors, instancePath+"/fate", "enum", {allowedValues: schema16.properties.fate.enum});
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data3 = data.to;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate40(data3[i0], instancePath+"/to/" + i0))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/to", "type", {type: "array"});
errors++;
}
}
if(data.notes !== undefined && func0.call(data, "notes")){
let data5 = data.notes;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(typeof data5[i1] !== "string"){
vErrors = add(vErrors, instancePath+"/notes/" + i1, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/notes", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}
function validate44(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.source === undefined) || (!(func0.call(data, "source")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "source"});
errors++;
}
if((data.line === undefined) || (!(func0.call(data, "line")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "line"});
errors++;
}
if((data.text === undefined) || (!(func0.call(data, "text")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "text"});
errors++;
}
if(data.source !== undefined && func0.call(data, "source")){
if(typeof data.source !== "string"){
vErrors = add(vErrors, instancePath+"/source", "type", {type: "string"});
errors++;
}
}
if(data.line !== undefined && func0.call(data, "line")){
let data1 = data.line;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/line", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/line", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.text !== undefined && func0.call(data, "text")){
if(typeof data.text !== "string"){
vErrors = add(vErrors, instancePath+"/text", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate44.errors = vErrors;
return errors === 0;
}
const schema19 = {"type":"object","additionalProperties":{},"required":["rule","level","denials"],"properties":{"rule":{"type":"string"},"level":{"type":"string","enum":["warn"]},"denials":{"type":"integer","minimum":0}}};
function validate46(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.rule === undefined) || (!(func0.call(data, "rule")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rule"});
errors++;
}
if((data.level === undefined) || (!(func0.call(data, "level")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "level"});
errors++;
}
if((data.denials === undefined) || (!(func0.call(data, "denials")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "denials"});
errors++;
}
if(data.rule !== undefined && func0.call(data, "rule")){
if(typeof data.rule !== "string"){
vErrors = add(vErrors, instancePath+"/rule", "type", {type: "string"});
errors++;
}
}
if(data.level !== undefined && func0.call(data, "level")){
let data1 = data.level;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/level", "type", {type: "string"});
errors++;
}
if(!(data1 === "warn")){
vErrors = add(vErrors, instancePath+"/level", "enum", {allowedValues: schema19.properties.level.enum});
errors++;
}
}
if(data.denials !== undefined && func0.call(data, "denials")){
let data2 = data.denials;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/denials", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/denials", "minimum", {comparison: ">=", limit: 0});
errors++;
}
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
function validate32(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.source === undefined) || (!(func0.call(data, "source")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "source"});
errors++;
}
if((data.project === undefined) || (!(func0.call(data, "project")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "project"});
errors++;
}
if((data.summary === undefined) || (!(func0.call(data, "summary")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "summary"});
errors++;
}
if((data.tasks === undefined) || (!(func0.call(data, "tasks")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tasks"});
errors++;
}
if((data.leaves === undefined) || (!(func0.call(data, "leaves")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "leaves"});
errors++;
}
if((data.comments === undefined) || (!(func0.call(data, "comments")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "comments"});
errors++;
}
if((data.rules === undefined) || (!(func0.call(data, "rules")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rules"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("ImportReport" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "ImportReport"});
errors++;
}
}
if(data.source !== undefined && func0.call(data, "source")){
if(typeof data.source !== "string"){
vErrors = add(vErrors, instancePath+"/source", "type", {type: "string"});
errors++;
}
}
if(data.project !== undefined && func0.call(data, "project")){
if(typeof data.project !== "string"){
vErrors = add(vErrors, instancePath+"/project", "type", {type: "string"});
errors++;
}
}
if(data.summary !== undefined && func0.call(data, "summary")){
if(!(validate33(data.summary, instancePath+"/summary"))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.tasks !== undefined && func0.call(data, "tasks")){
let data5 = data.tasks;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate35(data5[i0], instancePath+"/tasks/" + i0))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tasks", "type", {type: "array"});
errors++;
}
}
if(data.leaves !== undefined && func0.call(data, "leaves")){
let data7 = data.leaves;
if(Array.isArray(data7)){
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
if(!(validate39(data7[i1], instancePath+"/leaves/" + i1))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/leaves", "type", {type: "array"});
errors++;
}
}
if(data.comments !== undefined && func0.call(data, "comments")){
let data9 = data.comments;
if(Array.isArray(data9)){
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
if(!(validate44(data9[i2], instancePath+"/comments/" + i2))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/comments", "type", {type: "array"});
errors++;
}
}
if(data.rules !== undefined && func0.call(data, "rules")){
let data11 = data.rules;
if(Array.isArray(data11)){
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
if(!(validate46(data11[i3], instancePath+"/rules/" + i3))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
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
validate32.errors = vErrors;
return errors === 0;
}
export const LedgerRecord = validate48;
const schema20 = {"type":"object","additionalProperties":{},"required":["formatVersion","seq","prev","at","kind","owner","actor","body","hash"],"properties":{"formatVersion":{"type":"string","maxLength":16,"pattern":"^1\\.[0-9]+$"},"seq":{"type":"integer","minimum":1},"prev":{"type":["string","null"],"pattern":"^sha256:[0-9a-f]{64}$"},"at":{"$ref":"#/$defs/common_instant"},"kind":{"type":"string","enum":["created","intent","candidate","answer","receipt","rejected","abandoned","refused","waived","edit","hold","unhold","pin","unpin","migrated","restored","epoch","audit"]},"owner":{"type":["string","null"],"maxLength":127},"actor":{"type":"string"},"body":{"type":"object","additionalProperties":{}},"hash":{"$ref":"#/$defs/common_digest"}}};
const formats0 = FORMATS["date-time"];
function validate49(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 40){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 40});
errors++;
}
if(!(formats0(data))){
vErrors = add(vErrors, instancePath, "format", {format: "date-time"});
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
function validate48(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.seq === undefined) || (!(func0.call(data, "seq")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "seq"});
errors++;
}
if((data.prev === undefined) || (!(func0.call(data, "prev")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "prev"});
errors++;
}
if((data.at === undefined) || (!(func0.call(data, "at")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "at"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.owner === undefined) || (!(func0.call(data, "owner")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "owner"});
errors++;
}
if((data.actor === undefined) || (!(func0.call(data, "actor")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "actor"});
errors++;
}
if((data.body === undefined) || (!(func0.call(data, "body")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "body"});
errors++;
}
if((data.hash === undefined) || (!(func0.call(data, "hash")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "hash"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.seq !== undefined && func0.call(data, "seq")){
let data1 = data.seq;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/seq", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/seq", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.prev !== undefined && func0.call(data, "prev")){
let data2 = data.prev;
if((typeof data2 !== "string") && (data2 !== null)){
vErrors = add(vErrors, instancePath+"/prev", "type", {type: schema20.properties.prev.type});
errors++;
}
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
vErrors = add(vErrors, instancePath+"/prev", "pattern", {pattern: source1});
errors++;
}
}
}
if(data.at !== undefined && func0.call(data, "at")){
if(!(validate49(data.at, instancePath+"/at"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data4 = data.kind;
if(typeof data4 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if(!((((((((((((((((((data4 === "created") || (data4 === "intent")) || (data4 === "candidate")) || (data4 === "answer")) || (data4 === "receipt")) || (data4 === "rejected")) || (data4 === "abandoned")) || (data4 === "refused")) || (data4 === "waived")) || (data4 === "edit")) || (data4 === "hold")) || (data4 === "unhold")) || (data4 === "pin")) || (data4 === "unpin")) || (data4 === "migrated")) || (data4 === "restored")) || (data4 === "epoch")) || (data4 === "audit"))){
vErrors = add(vErrors, instancePath+"/kind", "enum", {allowedValues: schema20.properties.kind.enum});
errors++;
}
}
if(data.owner !== undefined && func0.call(data, "owner")){
let data5 = data.owner;
if((typeof data5 !== "string") && (data5 !== null)){
vErrors = add(vErrors, instancePath+"/owner", "type", {type: schema20.properties.owner.type});
errors++;
}
if(typeof data5 === "string"){
if(func53(data5) > 127){
vErrors = add(vErrors, instancePath+"/owner", "maxLength", {limit: 127});
errors++;
}
}
}
if(data.actor !== undefined && func0.call(data, "actor")){
if(typeof data.actor !== "string"){
vErrors = add(vErrors, instancePath+"/actor", "type", {type: "string"});
errors++;
}
}
if(data.body !== undefined && func0.call(data, "body")){
let data7 = data.body;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
}
else {
vErrors = add(vErrors, instancePath+"/body", "type", {type: "object"});
errors++;
}
}
if(data.hash !== undefined && func0.call(data, "hash")){
if(!(validate23(data.hash, instancePath+"/hash"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
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
export const Plan = validate52;
const schema23 = {"type":"object","additionalProperties":{},"required":["engine","project","environment","inputs","target","summary","changes","drift","holds","capabilities","decisions","violations","warnings","validUntil"],"properties":{"engine":{"type":"string"},"project":{"$ref":"#/$defs/common_name"},"environment":{"$ref":"#/$defs/common_name"},"inputs":{"type":"object","additionalProperties":{},"required":["resolved","schema","policy","trust","locks"],"properties":{"resolved":{"$ref":"#/$defs/common_digest"},"schema":{"$ref":"#/$defs/common_digest"},"policy":{"$ref":"#/$defs/common_digest"},"trust":{"$ref":"#/$defs/common_digest"},"locks":{"$ref":"#/$defs/common_digest"}}},"target":{"type":"object","additionalProperties":{},"required":["type","lineage","generation","observed"],"properties":{"type":{"type":"string"},"lineage":{"type":["string","null"]},"generation":{"type":"integer","minimum":0},"observed":{"$ref":"#/$defs/common_digest"}}},"summary":{"$ref":"#/$defs/plan_summary"},"changes":{"type":"array","items":{"$ref":"#/$defs/plan_change"}},"drift":{"type":"array","items":{"$ref":"#/$defs/plan_drift"}},"holds":{"type":"array","items":{"$ref":"#/$defs/plan_hold"}},"capabilities":{"type":"object","additionalProperties":{},"required":["added","removed","findings"],"properties":{"added":{"type":"array","items":{"$ref":"#/$defs/plan_atom"}},"removed":{"type":"array","items":{"$ref":"#/$defs/plan_atom"}},"findings":{"type":"array","items":{}}}},"decisions":{"type":"array","items":{"$ref":"#/$defs/plan_decision"}},"violations":{"type":"array","items":{"$ref":"#/$defs/plan_violation"}},"warnings":{"type":"array","items":{"$ref":"#/$defs/plan_warning"}},"validUntil":{"type":["string","null"],"format":"date-time"}}};
const pattern8 = new RegExp(source3, "u");
function validate56(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 63){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 63});
errors++;
}
if(func53(data) < 1){
vErrors = add(vErrors, instancePath, "minLength", {limit: 1});
errors++;
}
if(!pattern8.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source3});
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
function validate65(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.create === undefined) || (!(func0.call(data, "create")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "create"});
errors++;
}
if((data.update === undefined) || (!(func0.call(data, "update")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "update"});
errors++;
}
if((data.replace === undefined) || (!(func0.call(data, "replace")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "replace"});
errors++;
}
if((data.delete === undefined) || (!(func0.call(data, "delete")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "delete"});
errors++;
}
if((data.adopt === undefined) || (!(func0.call(data, "adopt")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "adopt"});
errors++;
}
if((data.move === undefined) || (!(func0.call(data, "move")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "move"});
errors++;
}
if((data.forget === undefined) || (!(func0.call(data, "forget")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "forget"});
errors++;
}
if((data.noop === undefined) || (!(func0.call(data, "noop")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "noop"});
errors++;
}
if((data.drift === undefined) || (!(func0.call(data, "drift")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "drift"});
errors++;
}
if((data.holds === undefined) || (!(func0.call(data, "holds")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "holds"});
errors++;
}
if((data.widened === undefined) || (!(func0.call(data, "widened")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "widened"});
errors++;
}
if((data.denied === undefined) || (!(func0.call(data, "denied")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "denied"});
errors++;
}
if((data.warned === undefined) || (!(func0.call(data, "warned")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "warned"});
errors++;
}
if(data.create !== undefined && func0.call(data, "create")){
let data0 = data.create;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/create", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/create", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.update !== undefined && func0.call(data, "update")){
let data1 = data.update;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = add(vErrors, instancePath+"/update", "type", {type: "integer"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
vErrors = add(vErrors, instancePath+"/update", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.replace !== undefined && func0.call(data, "replace")){
let data2 = data.replace;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/replace", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/replace", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.delete !== undefined && func0.call(data, "delete")){
let data3 = data.delete;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/delete", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/delete", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.adopt !== undefined && func0.call(data, "adopt")){
let data4 = data.adopt;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = add(vErrors, instancePath+"/adopt", "type", {type: "integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
vErrors = add(vErrors, instancePath+"/adopt", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.move !== undefined && func0.call(data, "move")){
let data5 = data.move;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = add(vErrors, instancePath+"/move", "type", {type: "integer"});
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
vErrors = add(vErrors, instancePath+"/move", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.forget !== undefined && func0.call(data, "forget")){
let data6 = data.forget;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/forget", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/forget", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.noop !== undefined && func0.call(data, "noop")){
let data7 = data.noop;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
vErrors = add(vErrors, instancePath+"/noop", "type", {type: "integer"});
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
vErrors = add(vErrors, instancePath+"/noop", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.drift !== undefined && func0.call(data, "drift")){
let data8 = data.drift;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
vErrors = add(vErrors, instancePath+"/drift", "type", {type: "integer"});
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
vErrors = add(vErrors, instancePath+"/drift", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.holds !== undefined && func0.call(data, "holds")){
let data9 = data.holds;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
vErrors = add(vErrors, instancePath+"/holds", "type", {type: "integer"});
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
vErrors = add(vErrors, instancePath+"/holds", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.widened !== undefined && func0.call(data, "widened")){
let data10 = data.widened;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
vErrors = add(vErrors, instancePath+"/widened", "type", {type: "integer"});
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
vErrors = add(vErrors, instancePath+"/widened", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.denied !== undefined && func0.call(data, "denied")){
let data11 = data.denied;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
vErrors = add(vErrors, instancePath+"/denied", "type", {type: "integer"});
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
vErrors = add(vErrors, instancePath+"/denied", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.warned !== undefined && func0.call(data, "warned")){
let data12 = data.warned;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
vErrors = add(vErrors, instancePath+"/warned", "type", {type: "integer"});
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
vErrors = add(vErrors, instancePath+"/warned", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
const schema26 = {"type":"object","additionalProperties":{},"required":["address","action","reason","reload","fields","after"],"properties":{"address":{"$ref":"#/$defs/common_address"},"action":{"type":"string","enum":["create","update","replace","delete","adopt","move","forget"]},"reason":{"type":"string","enum":["declared","fields-changed","immutable-changed","not-declared","destroy","adopt-requested","moved","forget-requested","drift-corrected","rollback","unchanged"]},"reload":{"type":"string","enum":["hot","restart","session"]},"fields":{"type":"array","items":{"$ref":"#/$defs/plan_fieldChange"}},"after":{"type":["object","null"],"additionalProperties":{},"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"type":"object","additionalProperties":{},"required":["name"],"properties":{"name":{"$ref":"#/$defs/common_name"},"labels":{"type":"object","additionalProperties":{"type":"string"}},"annotations":{"type":"object","additionalProperties":{"type":"string"}}}},"spec":{"type":"object","additionalProperties":{}}}},"from":{"$ref":"#/$defs/common_address"},"inert":{"type":"array","items":{"type":"string"}}}};
function validate69(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "path"});
errors++;
}
if((data.before === undefined) || (!(func0.call(data, "before")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "before"});
errors++;
}
if((data.after === undefined) || (!(func0.call(data, "after")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "after"});
errors++;
}
if((data.sensitive === undefined) || (!(func0.call(data, "sensitive")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "sensitive"});
errors++;
}
if(data.path !== undefined && func0.call(data, "path")){
if(typeof data.path !== "string"){
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
if(data.sensitive !== undefined && func0.call(data, "sensitive")){
if(typeof data.sensitive !== "boolean"){
vErrors = add(vErrors, instancePath+"/sensitive", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}
function validate67(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.action === undefined) || (!(func0.call(data, "action")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "action"});
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reason"});
errors++;
}
if((data.reload === undefined) || (!(func0.call(data, "reload")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reload"});
errors++;
}
if((data.fields === undefined) || (!(func0.call(data, "fields")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "fields"});
errors++;
}
if((data.after === undefined) || (!(func0.call(data, "after")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "after"});
errors++;
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.action !== undefined && func0.call(data, "action")){
let data1 = data.action;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/action", "type", {type: "string"});
errors++;
}
if(!(((((((data1 === "create") || (data1 === "update")) || (data1 === "replace")) || (data1 === "delete")) || (data1 === "adopt")) || (data1 === "move")) || (data1 === "forget"))){
vErrors = add(vErrors, instancePath+"/action", "enum", {allowedValues: schema26.properties.action.enum});
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data2 = data.reason;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/reason", "type", {type: "string"});
errors++;
}
if(!(((((((((((data2 === "declared") || (data2 === "fields-changed")) || (data2 === "immutable-changed")) || (data2 === "not-declared")) || (data2 === "destroy")) || (data2 === "adopt-requested")) || (data2 === "moved")) || (data2 === "forget-requested")) || (data2 === "drift-corrected")) || (data2 === "rollback")) || (data2 === "unchanged"))){
vErrors = add(vErrors, instancePath+"/reason", "enum", {allowedValues: schema26.properties.reason.enum});
errors++;
}
}
if(data.reload !== undefined && func0.call(data, "reload")){
let data3 = data.reload;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/reload", "type", {type: "string"});
errors++;
}
if(!(((data3 === "hot") || (data3 === "restart")) || (data3 === "session"))){
vErrors = add(vErrors, instancePath+"/reload", "enum", {allowedValues: schema26.properties.reload.enum});
errors++;
}
}
if(data.fields !== undefined && func0.call(data, "fields")){
let data4 = data.fields;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate69(data4[i0], instancePath+"/fields/" + i0))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/fields", "type", {type: "array"});
errors++;
}
}
if(data.after !== undefined && func0.call(data, "after")){
let data6 = data.after;
if((!(data6 && typeof data6 == "object" && !Array.isArray(data6))) && (data6 !== null)){
vErrors = add(vErrors, instancePath+"/after", "type", {type: schema26.properties.after.type});
errors++;
}
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if((data6.apiVersion === undefined) || (!(func0.call(data6, "apiVersion")))){
vErrors = add(vErrors, instancePath+"/after", "required", {missingProperty: "apiVersion"});
errors++;
}
if((data6.kind === undefined) || (!(func0.call(data6, "kind")))){
vErrors = add(vErrors, instancePath+"/after", "required", {missingProperty: "kind"});
errors++;
}
if((data6.metadata === undefined) || (!(func0.call(data6, "metadata")))){
vErrors = add(vErrors, instancePath+"/after", "required", {missingProperty: "metadata"});
errors++;
}
if((data6.spec === undefined) || (!(func0.call(data6, "spec")))){
vErrors = add(vErrors, instancePath+"/after", "required", {missingProperty: "spec"});
errors++;
}
if(data6.apiVersion !== undefined && func0.call(data6, "apiVersion")){
if(typeof data6.apiVersion !== "string"){
vErrors = add(vErrors, instancePath+"/after/apiVersion", "type", {type: "string"});
errors++;
}
}
if(data6.kind !== undefined && func0.call(data6, "kind")){
if(typeof data6.kind !== "string"){
vErrors = add(vErrors, instancePath+"/after/kind", "type", {type: "string"});
errors++;
}
}
if(data6.metadata !== undefined && func0.call(data6, "metadata")){
let data9 = data6.metadata;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if((data9.name === undefined) || (!(func0.call(data9, "name")))){
vErrors = add(vErrors, instancePath+"/after/metadata", "required", {missingProperty: "name"});
errors++;
}
if(data9.name !== undefined && func0.call(data9, "name")){
if(!(validate56(data9.name, instancePath+"/after/metadata/name"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data9.labels !== undefined && func0.call(data9, "labels")){
let data11 = data9.labels;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key0 of Object.keys(data11)){
if(typeof data11[key0] !== "string"){
vErrors = add(vErrors, instancePath+"/after/metadata/labels/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/after/metadata/labels", "type", {type: "object"});
errors++;
}
}
if(data9.annotations !== undefined && func0.call(data9, "annotations")){
let data13 = data9.annotations;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key1 of Object.keys(data13)){
if(typeof data13[key1] !== "string"){
vErrors = add(vErrors, instancePath+"/after/metadata/annotations/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/after/metadata/annotations", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/after/metadata", "type", {type: "object"});
errors++;
}
}
if(data6.spec !== undefined && func0.call(data6, "spec")){
let data15 = data6.spec;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
}
else {
vErrors = add(vErrors, instancePath+"/after/spec", "type", {type: "object"});
errors++;
}
}
}
}
if(data.from !== undefined && func0.call(data, "from")){
if(!(validate36(data.from, instancePath+"/from"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.inert !== undefined && func0.call(data, "inert")){
let data17 = data.inert;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
if(typeof data17[i1] !== "string"){
vErrors = add(vErrors, instancePath+"/inert/" + i1, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/inert", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
const schema28 = {"type":"object","additionalProperties":{},"required":["address","class","action","fields"],"properties":{"address":{"$ref":"#/$defs/common_address"},"class":{"type":"string","enum":["neutral","narrowing","widening"]},"action":{"type":"string","enum":["correct","report","ignore"]},"fields":{"type":"array","items":{"$ref":"#/$defs/plan_fieldChange"}}}};
function validate74(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.class === undefined) || (!(func0.call(data, "class")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "class"});
errors++;
}
if((data.action === undefined) || (!(func0.call(data, "action")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "action"});
errors++;
}
if((data.fields === undefined) || (!(func0.call(data, "fields")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "fields"});
errors++;
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.class !== undefined && func0.call(data, "class")){
let data1 = data.class;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/class", "type", {type: "string"});
errors++;
}
if(!(((data1 === "neutral") || (data1 === "narrowing")) || (data1 === "widening"))){
vErrors = add(vErrors, instancePath+"/class", "enum", {allowedValues: schema28.properties.class.enum});
errors++;
}
}
if(data.action !== undefined && func0.call(data, "action")){
let data2 = data.action;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/action", "type", {type: "string"});
errors++;
}
if(!(((data2 === "correct") || (data2 === "report")) || (data2 === "ignore"))){
vErrors = add(vErrors, instancePath+"/action", "enum", {allowedValues: schema28.properties.action.enum});
errors++;
}
}
if(data.fields !== undefined && func0.call(data, "fields")){
let data3 = data.fields;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate69(data3[i0], instancePath+"/fields/" + i0))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/fields", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate74.errors = vErrors;
return errors === 0;
}
const schema29 = {"type":"object","additionalProperties":{},"required":["id","selector","denied","reason","until"],"properties":{"id":{"type":"string"},"selector":{"type":"string","maxLength":127,"pattern":"^(\\*|[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$"},"denied":{"type":["string","array"],"pattern":"^all$","items":{"type":"string"}},"reason":{"type":"string"},"until":{"type":["string","null"],"format":"date-time"}}};
const pattern9 = new RegExp(source4, "u");
const pattern10 = new RegExp(source5, "u");
function validate78(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.id === undefined) || (!(func0.call(data, "id")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "id"});
errors++;
}
if((data.selector === undefined) || (!(func0.call(data, "selector")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "selector"});
errors++;
}
if((data.denied === undefined) || (!(func0.call(data, "denied")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "denied"});
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reason"});
errors++;
}
if((data.until === undefined) || (!(func0.call(data, "until")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "until"});
errors++;
}
if(data.id !== undefined && func0.call(data, "id")){
if(typeof data.id !== "string"){
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
if(data.selector !== undefined && func0.call(data, "selector")){
let data1 = data.selector;
if(typeof data1 === "string"){
if(func53(data1) > 127){
vErrors = add(vErrors, instancePath+"/selector", "maxLength", {limit: 127});
errors++;
}
if(!pattern9.test(data1)){
vErrors = add(vErrors, instancePath+"/selector", "pattern", {pattern: source4});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/selector", "type", {type: "string"});
errors++;
}
}
if(data.denied !== undefined && func0.call(data, "denied")){
let data2 = data.denied;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
vErrors = add(vErrors, instancePath+"/denied", "type", {type: schema29.properties.denied.type});
errors++;
}
if(typeof data2 === "string"){
if(!pattern10.test(data2)){
vErrors = add(vErrors, instancePath+"/denied", "pattern", {pattern: source5});
errors++;
}
}
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(typeof data2[i0] !== "string"){
vErrors = add(vErrors, instancePath+"/denied/" + i0, "type", {type: "string"});
errors++;
}
}
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
if(typeof data.reason !== "string"){
vErrors = add(vErrors, instancePath+"/reason", "type", {type: "string"});
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data5 = data.until;
if((typeof data5 !== "string") && (data5 !== null)){
vErrors = add(vErrors, instancePath+"/until", "type", {type: schema29.properties.until.type});
errors++;
}
if(typeof data5 === "string"){
if(!(formats0(data5))){
vErrors = add(vErrors, instancePath+"/until", "format", {format: "date-time"});
errors++;
}
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
const schema30 = {"type":"object","additionalProperties":{},"required":["subject","grant","tool","action","pattern","constraints","expiry"],"properties":{"subject":{"$ref":"#/$defs/common_address"},"grant":{"type":"string"},"tool":{"type":"string"},"action":{"type":"string"},"pattern":{"type":"string"},"constraints":{},"expiry":{"type":"string","enum":["none","active","expired"]},"gainers":{"type":"integer","minimum":1},"first":{"type":"array","maxItems":20,"items":{"$ref":"#/$defs/common_address"}},"via":{"type":"array","maxItems":20,"items":{"$ref":"#/$defs/common_address"}},"viaSkipped":{"type":"integer","minimum":1}}};
function validate80(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.subject === undefined) || (!(func0.call(data, "subject")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "subject"});
errors++;
}
if((data.grant === undefined) || (!(func0.call(data, "grant")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "grant"});
errors++;
}
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
if((data.action === undefined) || (!(func0.call(data, "action")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "action"});
errors++;
}
if((data.pattern === undefined) || (!(func0.call(data, "pattern")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "pattern"});
errors++;
}
if((data.constraints === undefined) || (!(func0.call(data, "constraints")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "constraints"});
errors++;
}
if((data.expiry === undefined) || (!(func0.call(data, "expiry")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "expiry"});
errors++;
}
if(data.subject !== undefined && func0.call(data, "subject")){
if(!(validate36(data.subject, instancePath+"/subject"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.grant !== undefined && func0.call(data, "grant")){
if(typeof data.grant !== "string"){
vErrors = add(vErrors, instancePath+"/grant", "type", {type: "string"});
errors++;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
if(typeof data.tool !== "string"){
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.action !== undefined && func0.call(data, "action")){
if(typeof data.action !== "string"){
vErrors = add(vErrors, instancePath+"/action", "type", {type: "string"});
errors++;
}
}
if(data.pattern !== undefined && func0.call(data, "pattern")){
if(typeof data.pattern !== "string"){
vErrors = add(vErrors, instancePath+"/pattern", "type", {type: "string"});
errors++;
}
}
if(data.expiry !== undefined && func0.call(data, "expiry")){
let data5 = data.expiry;
if(typeof data5 !== "string"){
vErrors = add(vErrors, instancePath+"/expiry", "type", {type: "string"});
errors++;
}
if(!(((data5 === "none") || (data5 === "active")) || (data5 === "expired"))){
vErrors = add(vErrors, instancePath+"/expiry", "enum", {allowedValues: schema30.properties.expiry.enum});
errors++;
}
}
if(data.gainers !== undefined && func0.call(data, "gainers")){
let data6 = data.gainers;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = add(vErrors, instancePath+"/gainers", "type", {type: "integer"});
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 1 || isNaN(data6)){
vErrors = add(vErrors, instancePath+"/gainers", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.first !== undefined && func0.call(data, "first")){
let data7 = data.first;
if(Array.isArray(data7)){
if(data7.length > 20){
vErrors = add(vErrors, instancePath+"/first", "maxItems", {limit: 20});
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data7[i0], instancePath+"/first/" + i0))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/first", "type", {type: "array"});
errors++;
}
}
if(data.via !== undefined && func0.call(data, "via")){
let data9 = data.via;
if(Array.isArray(data9)){
if(data9.length > 20){
vErrors = add(vErrors, instancePath+"/via", "maxItems", {limit: 20});
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
if(!(validate36(data9[i1], instancePath+"/via/" + i1))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/via", "type", {type: "array"});
errors++;
}
}
if(data.viaSkipped !== undefined && func0.call(data, "viaSkipped")){
let data11 = data.viaSkipped;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
vErrors = add(vErrors, instancePath+"/viaSkipped", "type", {type: "integer"});
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 1 || isNaN(data11)){
vErrors = add(vErrors, instancePath+"/viaSkipped", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}
const schema31 = {"type":"object","additionalProperties":{},"required":["entry","address","answer","rules"],"properties":{"entry":{"type":"string","enum":["admission","grant"]},"address":{"$ref":"#/$defs/common_address"},"atom":{"type":"string"},"answer":{"type":"string","enum":["allowed","denied","conditional"]},"exceptions":{"type":"array","items":{"$ref":"#/$defs/common_address"}},"rules":{"type":"array","items":{"type":"string"}}}};
function validate86(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.entry === undefined) || (!(func0.call(data, "entry")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "entry"});
errors++;
}
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.answer === undefined) || (!(func0.call(data, "answer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "answer"});
errors++;
}
if((data.rules === undefined) || (!(func0.call(data, "rules")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rules"});
errors++;
}
if(data.entry !== undefined && func0.call(data, "entry")){
let data0 = data.entry;
if(typeof data0 !== "string"){
vErrors = add(vErrors, instancePath+"/entry", "type", {type: "string"});
errors++;
}
if(!((data0 === "admission") || (data0 === "grant"))){
vErrors = add(vErrors, instancePath+"/entry", "enum", {allowedValues: schema31.properties.entry.enum});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.atom !== undefined && func0.call(data, "atom")){
if(typeof data.atom !== "string"){
vErrors = add(vErrors, instancePath+"/atom", "type", {type: "string"});
errors++;
}
}
if(data.answer !== undefined && func0.call(data, "answer")){
let data3 = data.answer;
if(typeof data3 !== "string"){
vErrors = add(vErrors, instancePath+"/answer", "type", {type: "string"});
errors++;
}
if(!(((data3 === "allowed") || (data3 === "denied")) || (data3 === "conditional"))){
vErrors = add(vErrors, instancePath+"/answer", "enum", {allowedValues: schema31.properties.answer.enum});
errors++;
}
}
if(data.exceptions !== undefined && func0.call(data, "exceptions")){
let data4 = data.exceptions;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data4[i0], instancePath+"/exceptions/" + i0))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/exceptions", "type", {type: "array"});
errors++;
}
}
if(data.rules !== undefined && func0.call(data, "rules")){
let data6 = data.rules;
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(typeof data6[i1] !== "string"){
vErrors = add(vErrors, instancePath+"/rules/" + i1, "type", {type: "string"});
errors++;
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
validate86.errors = vErrors;
return errors === 0;
}
const schema32 = {"type":"object","additionalProperties":{},"required":["rule","message","address","level"],"properties":{"rule":{"type":"string"},"message":{"type":"string"},"address":{"$ref":"#/$defs/common_address"},"atom":{"type":"string"},"path":{"type":"string"},"exception":{"$ref":"#/$defs/common_address"},"by":{"type":"string","enum":["active"]},"level":{"type":"string","enum":["enforce","warn","audit"]}}};
function validate90(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.rule === undefined) || (!(func0.call(data, "rule")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rule"});
errors++;
}
if((data.message === undefined) || (!(func0.call(data, "message")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "message"});
errors++;
}
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.level === undefined) || (!(func0.call(data, "level")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "level"});
errors++;
}
if(data.rule !== undefined && func0.call(data, "rule")){
if(typeof data.rule !== "string"){
vErrors = add(vErrors, instancePath+"/rule", "type", {type: "string"});
errors++;
}
}
if(data.message !== undefined && func0.call(data, "message")){
if(typeof data.message !== "string"){
vErrors = add(vErrors, instancePath+"/message", "type", {type: "string"});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
if(!(validate36(data.address, instancePath+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.atom !== undefined && func0.call(data, "atom")){
if(typeof data.atom !== "string"){
vErrors = add(vErrors, instancePath+"/atom", "type", {type: "string"});
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
if(typeof data.path !== "string"){
vErrors = add(vErrors, instancePath+"/path", "type", {type: "string"});
errors++;
}
}
if(data.exception !== undefined && func0.call(data, "exception")){
if(!(validate36(data.exception, instancePath+"/exception"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.by !== undefined && func0.call(data, "by")){
let data6 = data.by;
if(typeof data6 !== "string"){
vErrors = add(vErrors, instancePath+"/by", "type", {type: "string"});
errors++;
}
if(!(data6 === "active")){
vErrors = add(vErrors, instancePath+"/by", "enum", {allowedValues: schema32.properties.by.enum});
errors++;
}
}
if(data.level !== undefined && func0.call(data, "level")){
let data7 = data.level;
if(typeof data7 !== "string"){
vErrors = add(vErrors, instancePath+"/level", "type", {type: "string"});
errors++;
}
if(!(((data7 === "enforce") || (data7 === "warn")) || (data7 === "audit"))){
vErrors = add(vErrors, instancePath+"/level", "enum", {allowedValues: schema32.properties.level.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate90.errors = vErrors;
return errors === 0;
}
const schema33 = {"type":"object","additionalProperties":{},"required":["code","address","message"],"properties":{"code":{"type":"string"},"address":{"type":["string","null"]},"message":{"type":"string"}}};
function validate94(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.code === undefined) || (!(func0.call(data, "code")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "code"});
errors++;
}
if((data.address === undefined) || (!(func0.call(data, "address")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "address"});
errors++;
}
if((data.message === undefined) || (!(func0.call(data, "message")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "message"});
errors++;
}
if(data.code !== undefined && func0.call(data, "code")){
if(typeof data.code !== "string"){
vErrors = add(vErrors, instancePath+"/code", "type", {type: "string"});
errors++;
}
}
if(data.address !== undefined && func0.call(data, "address")){
let data1 = data.address;
if((typeof data1 !== "string") && (data1 !== null)){
vErrors = add(vErrors, instancePath+"/address", "type", {type: schema33.properties.address.type});
errors++;
}
}
if(data.message !== undefined && func0.call(data, "message")){
if(typeof data.message !== "string"){
vErrors = add(vErrors, instancePath+"/message", "type", {type: "string"});
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
function validate55(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.engine === undefined) || (!(func0.call(data, "engine")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "engine"});
errors++;
}
if((data.project === undefined) || (!(func0.call(data, "project")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "project"});
errors++;
}
if((data.environment === undefined) || (!(func0.call(data, "environment")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "environment"});
errors++;
}
if((data.inputs === undefined) || (!(func0.call(data, "inputs")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "inputs"});
errors++;
}
if((data.target === undefined) || (!(func0.call(data, "target")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "target"});
errors++;
}
if((data.summary === undefined) || (!(func0.call(data, "summary")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "summary"});
errors++;
}
if((data.changes === undefined) || (!(func0.call(data, "changes")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "changes"});
errors++;
}
if((data.drift === undefined) || (!(func0.call(data, "drift")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "drift"});
errors++;
}
if((data.holds === undefined) || (!(func0.call(data, "holds")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "holds"});
errors++;
}
if((data.capabilities === undefined) || (!(func0.call(data, "capabilities")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "capabilities"});
errors++;
}
if((data.decisions === undefined) || (!(func0.call(data, "decisions")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "decisions"});
errors++;
}
if((data.violations === undefined) || (!(func0.call(data, "violations")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "violations"});
errors++;
}
if((data.warnings === undefined) || (!(func0.call(data, "warnings")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "warnings"});
errors++;
}
if((data.validUntil === undefined) || (!(func0.call(data, "validUntil")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "validUntil"});
errors++;
}
if(data.engine !== undefined && func0.call(data, "engine")){
if(typeof data.engine !== "string"){
vErrors = add(vErrors, instancePath+"/engine", "type", {type: "string"});
errors++;
}
}
if(data.project !== undefined && func0.call(data, "project")){
if(!(validate56(data.project, instancePath+"/project"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.environment !== undefined && func0.call(data, "environment")){
if(!(validate56(data.environment, instancePath+"/environment"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.inputs !== undefined && func0.call(data, "inputs")){
let data3 = data.inputs;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if((data3.resolved === undefined) || (!(func0.call(data3, "resolved")))){
vErrors = add(vErrors, instancePath+"/inputs", "required", {missingProperty: "resolved"});
errors++;
}
if((data3.schema === undefined) || (!(func0.call(data3, "schema")))){
vErrors = add(vErrors, instancePath+"/inputs", "required", {missingProperty: "schema"});
errors++;
}
if((data3.policy === undefined) || (!(func0.call(data3, "policy")))){
vErrors = add(vErrors, instancePath+"/inputs", "required", {missingProperty: "policy"});
errors++;
}
if((data3.trust === undefined) || (!(func0.call(data3, "trust")))){
vErrors = add(vErrors, instancePath+"/inputs", "required", {missingProperty: "trust"});
errors++;
}
if((data3.locks === undefined) || (!(func0.call(data3, "locks")))){
vErrors = add(vErrors, instancePath+"/inputs", "required", {missingProperty: "locks"});
errors++;
}
if(data3.resolved !== undefined && func0.call(data3, "resolved")){
if(!(validate23(data3.resolved, instancePath+"/inputs/resolved"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data3.schema !== undefined && func0.call(data3, "schema")){
if(!(validate23(data3.schema, instancePath+"/inputs/schema"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data3.policy !== undefined && func0.call(data3, "policy")){
if(!(validate23(data3.policy, instancePath+"/inputs/policy"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data3.trust !== undefined && func0.call(data3, "trust")){
if(!(validate23(data3.trust, instancePath+"/inputs/trust"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data3.locks !== undefined && func0.call(data3, "locks")){
if(!(validate23(data3.locks, instancePath+"/inputs/locks"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/inputs", "type", {type: "object"});
errors++;
}
}
if(data.target !== undefined && func0.call(data, "target")){
let data9 = data.target;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if((data9.type === undefined) || (!(func0.call(data9, "type")))){
vErrors = add(vErrors, instancePath+"/target", "required", {missingProperty: "type"});
errors++;
}
if((data9.lineage === undefined) || (!(func0.call(data9, "lineage")))){
vErrors = add(vErrors, instancePath+"/target", "required", {missingProperty: "lineage"});
errors++;
}
if((data9.generation === undefined) || (!(func0.call(data9, "generation")))){
vErrors = add(vErrors, instancePath+"/target", "required", {missingProperty: "generation"});
errors++;
}
if((data9.observed === undefined) || (!(func0.call(data9, "observed")))){
vErrors = add(vErrors, instancePath+"/target", "required", {missingProperty: "observed"});
errors++;
}
if(data9.type !== undefined && func0.call(data9, "type")){
if(typeof data9.type !== "string"){
vErrors = add(vErrors, instancePath+"/target/type", "type", {type: "string"});
errors++;
}
}
if(data9.lineage !== undefined && func0.call(data9, "lineage")){
let data11 = data9.lineage;
if((typeof data11 !== "string") && (data11 !== null)){
vErrors = add(vErrors, instancePath+"/target/lineage", "type", {type: schema23.properties.target.properties.lineage.type});
errors++;
}
}
if(data9.generation !== undefined && func0.call(data9, "generation")){
let data12 = data9.generation;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
vErrors = add(vErrors, instancePath+"/target/generation", "type", {type: "integer"});
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
vErrors = add(vErrors, instancePath+"/target/generation", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data9.observed !== undefined && func0.call(data9, "observed")){
if(!(validate23(data9.observed, instancePath+"/target/observed"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/target", "type", {type: "object"});
errors++;
}
}
if(data.summary !== undefined && func0.call(data, "summary")){
if(!(validate65(data.summary, instancePath+"/summary"))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.changes !== undefined && func0.call(data, "changes")){
let data15 = data.changes;
if(Array.isArray(data15)){
const len0 = data15.length;
for(let i0=0; i0<len0; i0++){
if(!(validate67(data15[i0], instancePath+"/changes/" + i0))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/changes", "type", {type: "array"});
errors++;
}
}
if(data.drift !== undefined && func0.call(data, "drift")){
let data17 = data.drift;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
if(!(validate74(data17[i1], instancePath+"/drift/" + i1))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/drift", "type", {type: "array"});
errors++;
}
}
if(data.holds !== undefined && func0.call(data, "holds")){
let data19 = data.holds;
if(Array.isArray(data19)){
const len2 = data19.length;
for(let i2=0; i2<len2; i2++){
if(!(validate78(data19[i2], instancePath+"/holds/" + i2))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/holds", "type", {type: "array"});
errors++;
}
}
if(data.capabilities !== undefined && func0.call(data, "capabilities")){
let data21 = data.capabilities;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if((data21.added === undefined) || (!(func0.call(data21, "added")))){
vErrors = add(vErrors, instancePath+"/capabilities", "required", {missingProperty: "added"});
errors++;
}
if((data21.removed === undefined) || (!(func0.call(data21, "removed")))){
vErrors = add(vErrors, instancePath+"/capabilities", "required", {missingProperty: "removed"});
errors++;
}
if((data21.findings === undefined) || (!(func0.call(data21, "findings")))){
vErrors = add(vErrors, instancePath+"/capabilities", "required", {missingProperty: "findings"});
errors++;
}
if(data21.added !== undefined && func0.call(data21, "added")){
let data22 = data21.added;
if(Array.isArray(data22)){
const len3 = data22.length;
for(let i3=0; i3<len3; i3++){
if(!(validate80(data22[i3], instancePath+"/capabilities/added/" + i3))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities/added", "type", {type: "array"});
errors++;
}
}
if(data21.removed !== undefined && func0.call(data21, "removed")){
let data24 = data21.removed;
if(Array.isArray(data24)){
const len4 = data24.length;
for(let i4=0; i4<len4; i4++){
if(!(validate80(data24[i4], instancePath+"/capabilities/removed/" + i4))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities/removed", "type", {type: "array"});
errors++;
}
}
if(data21.findings !== undefined && func0.call(data21, "findings")){
if(!(Array.isArray(data21.findings))){
vErrors = add(vErrors, instancePath+"/capabilities/findings", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities", "type", {type: "object"});
errors++;
}
}
if(data.decisions !== undefined && func0.call(data, "decisions")){
let data27 = data.decisions;
if(Array.isArray(data27)){
const len5 = data27.length;
for(let i5=0; i5<len5; i5++){
if(!(validate86(data27[i5], instancePath+"/decisions/" + i5))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/decisions", "type", {type: "array"});
errors++;
}
}
if(data.violations !== undefined && func0.call(data, "violations")){
let data29 = data.violations;
if(Array.isArray(data29)){
const len6 = data29.length;
for(let i6=0; i6<len6; i6++){
if(!(validate90(data29[i6], instancePath+"/violations/" + i6))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/violations", "type", {type: "array"});
errors++;
}
}
if(data.warnings !== undefined && func0.call(data, "warnings")){
let data31 = data.warnings;
if(Array.isArray(data31)){
const len7 = data31.length;
for(let i7=0; i7<len7; i7++){
if(!(validate94(data31[i7], instancePath+"/warnings/" + i7))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/warnings", "type", {type: "array"});
errors++;
}
}
if(data.validUntil !== undefined && func0.call(data, "validUntil")){
let data33 = data.validUntil;
if((typeof data33 !== "string") && (data33 !== null)){
vErrors = add(vErrors, instancePath+"/validUntil", "type", {type: schema23.properties.validUntil.type});
errors++;
}
if(typeof data33 === "string"){
if(!(formats0(data33))){
vErrors = add(vErrors, instancePath+"/validUntil", "format", {format: "date-time"});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}
const schema34 = {"type":"object","additionalProperties":{},"required":["repository","signer","positions","edits","holds","pin","ledgerHead","owner"],"properties":{"repository":{"type":"object","additionalProperties":{},"required":["commit","tree","ref","dirty"],"properties":{"commit":{"type":["string","null"]},"tree":{"type":["string","null"]},"ref":{"type":["string","null"]},"dirty":{"type":"boolean"}}},"signer":{"type":["string","null"]},"positions":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["address","file","line"],"properties":{"address":{"$ref":"#/$defs/common_address"},"file":{"type":"string"},"line":{"type":"integer","minimum":1}}}},"edits":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["id","address","actor","at"],"properties":{"id":{"type":"string"},"address":{"$ref":"#/$defs/common_address"},"actor":{"type":"string"},"at":{"$ref":"#/$defs/common_instant"}}}},"holds":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["id","actor","at"],"properties":{"id":{"type":"string"},"actor":{"type":"string"},"at":{"$ref":"#/$defs/common_instant"}}}},"restores":{"type":"integer","minimum":1},"candidate":{"type":"object","additionalProperties":{},"required":["generation","actor","at"],"properties":{"generation":{"type":"integer","minimum":1},"actor":{"type":"string"},"at":{"$ref":"#/$defs/common_instant"}}},"pin":{"type":["object","null"],"additionalProperties":{},"required":["generation","because","actor","at"],"properties":{"generation":{"type":"integer","minimum":0},"because":{"type":"string"},"actor":{"type":"string"},"at":{"$ref":"#/$defs/common_instant"}}},"unmanaged":{"type":"integer","minimum":1},"ledgerHead":{"type":["object","null"],"additionalProperties":{},"required":["seq","hash"],"properties":{"seq":{"type":"integer","minimum":0},"hash":{"$ref":"#/$defs/common_digest"}}},"owner":{"$ref":"#/$defs/common_owner"},"approvals":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["when","count","teams","approvedBy"],"properties":{"when":{"type":"string","enum":["always","widening","delete","trust-weakened"]},"count":{"type":"integer","minimum":1},"teams":{"type":"array","items":{"type":"string"}},"approvedBy":{"type":"array","items":{"type":"string"}},"people":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["name","isAuthor","ssh","oidc"],"properties":{"name":{"type":"string"},"isAuthor":{"type":"boolean"},"ssh":{"type":"array","items":{"type":"string"}},"oidc":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["issuer","subject"],"properties":{"issuer":{"type":"string"},"subject":{"type":"string"}}}}}}}}}},"policies":{"type":"object","additionalProperties":{},"properties":{"attested":{"type":"object","additionalProperties":{},"required":["signer","identity","issuer","opa","at"],"properties":{"signer":{"type":"string","maxLength":63},"identity":{"type":["string","null"],"maxLength":2048},"issuer":{"type":["string","null"],"maxLength":2048},"opa":{"type":"string","maxLength":256},"at":{"type":"string","maxLength":64}}},"rebuilt":{"type":"string","enum":["same","different","unchecked"]}}},"bundles":{"type":"array","items":{"type":"object","additionalProperties":{},"required":["address","identity","issuer","key"],"properties":{"address":{"$ref":"#/$defs/common_address"},"identity":{"type":["string","null"]},"issuer":{"type":["string","null"]},"key":{"type":["string","null"]},"digest":{"$ref":"#/$defs/common_digest"},"signedAt":{"type":["string","null"]},"logged":{"type":"array","items":{"type":"string"}}}}},"rules":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{},"required":["file","line"],"properties":{"file":{"type":"string"},"line":{"type":"integer","minimum":1}}}}}};
const pattern11 = new RegExp(source6, "u");
function validate105(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 127){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 127});
errors++;
}
if(!pattern11.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source6});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate105.errors = vErrors;
return errors === 0;
}
function validate97(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.repository === undefined) || (!(func0.call(data, "repository")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "repository"});
errors++;
}
if((data.signer === undefined) || (!(func0.call(data, "signer")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "signer"});
errors++;
}
if((data.positions === undefined) || (!(func0.call(data, "positions")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "positions"});
errors++;
}
if((data.edits === undefined) || (!(func0.call(data, "edits")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "edits"});
errors++;
}
if((data.holds === undefined) || (!(func0.call(data, "holds")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "holds"});
errors++;
}
if((data.pin === undefined) || (!(func0.call(data, "pin")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "pin"});
errors++;
}
if((data.ledgerHead === undefined) || (!(func0.call(data, "ledgerHead")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "ledgerHead"});
errors++;
}
if((data.owner === undefined) || (!(func0.call(data, "owner")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "owner"});
errors++;
}
if(data.repository !== undefined && func0.call(data, "repository")){
let data0 = data.repository;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if((data0.commit === undefined) || (!(func0.call(data0, "commit")))){
vErrors = add(vErrors, instancePath+"/repository", "required", {missingProperty: "commit"});
errors++;
}
if((data0.tree === undefined) || (!(func0.call(data0, "tree")))){
vErrors = add(vErrors, instancePath+"/repository", "required", {missingProperty: "tree"});
errors++;
}
if((data0.ref === undefined) || (!(func0.call(data0, "ref")))){
vErrors = add(vErrors, instancePath+"/repository", "required", {missingProperty: "ref"});
errors++;
}
if((data0.dirty === undefined) || (!(func0.call(data0, "dirty")))){
vErrors = add(vErrors, instancePath+"/repository", "required", {missingProperty: "dirty"});
errors++;
}
if(data0.commit !== undefined && func0.call(data0, "commit")){
let data1 = data0.commit;
if((typeof data1 !== "string") && (data1 !== null)){
vErrors = add(vErrors, instancePath+"/repository/commit", "type", {type: schema34.properties.repository.properties.commit.type});
errors++;
}
}
if(data0.tree !== undefined && func0.call(data0, "tree")){
let data2 = data0.tree;
if((typeof data2 !== "string") && (data2 !== null)){
vErrors = add(vErrors, instancePath+"/repository/tree", "type", {type: schema34.properties.repository.properties.tree.type});
errors++;
}
}
if(data0.ref !== undefined && func0.call(data0, "ref")){
let data3 = data0.ref;
if((typeof data3 !== "string") && (data3 !== null)){
vErrors = add(vErrors, instancePath+"/repository/ref", "type", {type: schema34.properties.repository.properties.ref.type});
errors++;
}
}
if(data0.dirty !== undefined && func0.call(data0, "dirty")){
if(typeof data0.dirty !== "boolean"){
vErrors = add(vErrors, instancePath+"/repository/dirty", "type", {type: "boolean"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/repository", "type", {type: "object"});
errors++;
}
}
if(data.signer !== undefined && func0.call(data, "signer")){
let data5 = data.signer;
if((typeof data5 !== "string") && (data5 !== null)){
vErrors = add(vErrors, instancePath+"/signer", "type", {type: schema34.properties.signer.type});
errors++;
}
}
if(data.positions !== undefined && func0.call(data, "positions")){
let data6 = data.positions;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if((data7.address === undefined) || (!(func0.call(data7, "address")))){
vErrors = add(vErrors, instancePath+"/positions/" + i0, "required", {missingProperty: "address"});
errors++;
}
if((data7.file === undefined) || (!(func0.call(data7, "file")))){
vErrors = add(vErrors, instancePath+"/positions/" + i0, "required", {missingProperty: "file"});
errors++;
}
if((data7.line === undefined) || (!(func0.call(data7, "line")))){
vErrors = add(vErrors, instancePath+"/positions/" + i0, "required", {missingProperty: "line"});
errors++;
}
if(data7.address !== undefined && func0.call(data7, "address")){
if(!(validate36(data7.address, instancePath+"/positions/" + i0+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data7.file !== undefined && func0.call(data7, "file")){
if(typeof data7.file !== "string"){
vErrors = add(vErrors, instancePath+"/positions/" + i0+"/file", "type", {type: "string"});
errors++;
}
}
if(data7.line !== undefined && func0.call(data7, "line")){
let data10 = data7.line;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
vErrors = add(vErrors, instancePath+"/positions/" + i0+"/line", "type", {type: "integer"});
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
vErrors = add(vErrors, instancePath+"/positions/" + i0+"/line", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/positions/" + i0, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/positions", "type", {type: "array"});
errors++;
}
}
if(data.edits !== undefined && func0.call(data, "edits")){
let data11 = data.edits;
if(Array.isArray(data11)){
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if((data12.id === undefined) || (!(func0.call(data12, "id")))){
vErrors = add(vErrors, instancePath+"/edits/" + i1, "required", {missingProperty: "id"});
errors++;
}
if((data12.address === undefined) || (!(func0.call(data12, "address")))){
vErrors = add(vErrors, instancePath+"/edits/" + i1, "required", {missingProperty: "address"});
errors++;
}
if((data12.actor === undefined) || (!(func0.call(data12, "actor")))){
vErrors = add(vErrors, instancePath+"/edits/" + i1, "required", {missingProperty: "actor"});
errors++;
}
if((data12.at === undefined) || (!(func0.call(data12, "at")))){
vErrors = add(vErrors, instancePath+"/edits/" + i1, "required", {missingProperty: "at"});
errors++;
}
if(data12.id !== undefined && func0.call(data12, "id")){
if(typeof data12.id !== "string"){
vErrors = add(vErrors, instancePath+"/edits/" + i1+"/id", "type", {type: "string"});
errors++;
}
}
if(data12.address !== undefined && func0.call(data12, "address")){
if(!(validate36(data12.address, instancePath+"/edits/" + i1+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data12.actor !== undefined && func0.call(data12, "actor")){
if(typeof data12.actor !== "string"){
vErrors = add(vErrors, instancePath+"/edits/" + i1+"/actor", "type", {type: "string"});
errors++;
}
}
if(data12.at !== undefined && func0.call(data12, "at")){
if(!(validate49(data12.at, instancePath+"/edits/" + i1+"/at"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/edits/" + i1, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/edits", "type", {type: "array"});
errors++;
}
}
if(data.holds !== undefined && func0.call(data, "holds")){
let data17 = data.holds;
if(Array.isArray(data17)){
const len2 = data17.length;
for(let i2=0; i2<len2; i2++){
let data18 = data17[i2];
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if((data18.id === undefined) || (!(func0.call(data18, "id")))){
vErrors = add(vErrors, instancePath+"/holds/" + i2, "required", {missingProperty: "id"});
errors++;
}
if((data18.actor === undefined) || (!(func0.call(data18, "actor")))){
vErrors = add(vErrors, instancePath+"/holds/" + i2, "required", {missingProperty: "actor"});
errors++;
}
if((data18.at === undefined) || (!(func0.call(data18, "at")))){
vErrors = add(vErrors, instancePath+"/holds/" + i2, "required", {missingProperty: "at"});
errors++;
}
if(data18.id !== undefined && func0.call(data18, "id")){
if(typeof data18.id !== "string"){
vErrors = add(vErrors, instancePath+"/holds/" + i2+"/id", "type", {type: "string"});
errors++;
}
}
if(data18.actor !== undefined && func0.call(data18, "actor")){
if(typeof data18.actor !== "string"){
vErrors = add(vErrors, instancePath+"/holds/" + i2+"/actor", "type", {type: "string"});
errors++;
}
}
if(data18.at !== undefined && func0.call(data18, "at")){
if(!(validate49(data18.at, instancePath+"/holds/" + i2+"/at"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/holds/" + i2, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/holds", "type", {type: "array"});
errors++;
}
}
if(data.restores !== undefined && func0.call(data, "restores")){
let data22 = data.restores;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
vErrors = add(vErrors, instancePath+"/restores", "type", {type: "integer"});
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 < 1 || isNaN(data22)){
vErrors = add(vErrors, instancePath+"/restores", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.candidate !== undefined && func0.call(data, "candidate")){
let data23 = data.candidate;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if((data23.generation === undefined) || (!(func0.call(data23, "generation")))){
vErrors = add(vErrors, instancePath+"/candidate", "required", {missingProperty: "generation"});
errors++;
}
if((data23.actor === undefined) || (!(func0.call(data23, "actor")))){
vErrors = add(vErrors, instancePath+"/candidate", "required", {missingProperty: "actor"});
errors++;
}
if((data23.at === undefined) || (!(func0.call(data23, "at")))){
vErrors = add(vErrors, instancePath+"/candidate", "required", {missingProperty: "at"});
errors++;
}
if(data23.generation !== undefined && func0.call(data23, "generation")){
let data24 = data23.generation;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
vErrors = add(vErrors, instancePath+"/candidate/generation", "type", {type: "integer"});
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 1 || isNaN(data24)){
vErrors = add(vErrors, instancePath+"/candidate/generation", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data23.actor !== undefined && func0.call(data23, "actor")){
if(typeof data23.actor !== "string"){
vErrors = add(vErrors, instancePath+"/candidate/actor", "type", {type: "string"});
errors++;
}
}
if(data23.at !== undefined && func0.call(data23, "at")){
if(!(validate49(data23.at, instancePath+"/candidate/at"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/candidate", "type", {type: "object"});
errors++;
}
}
if(data.pin !== undefined && func0.call(data, "pin")){
let data27 = data.pin;
if((!(data27 && typeof data27 == "object" && !Array.isArray(data27))) && (data27 !== null)){
vErrors = add(vErrors, instancePath+"/pin", "type", {type: schema34.properties.pin.type});
errors++;
}
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if((data27.generation === undefined) || (!(func0.call(data27, "generation")))){
vErrors = add(vErrors, instancePath+"/pin", "required", {missingProperty: "generation"});
errors++;
}
if((data27.because === undefined) || (!(func0.call(data27, "because")))){
vErrors = add(vErrors, instancePath+"/pin", "required", {missingProperty: "because"});
errors++;
}
if((data27.actor === undefined) || (!(func0.call(data27, "actor")))){
vErrors = add(vErrors, instancePath+"/pin", "required", {missingProperty: "actor"});
errors++;
}
if((data27.at === undefined) || (!(func0.call(data27, "at")))){
vErrors = add(vErrors, instancePath+"/pin", "required", {missingProperty: "at"});
errors++;
}
if(data27.generation !== undefined && func0.call(data27, "generation")){
let data28 = data27.generation;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
vErrors = add(vErrors, instancePath+"/pin/generation", "type", {type: "integer"});
errors++;
}
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 < 0 || isNaN(data28)){
vErrors = add(vErrors, instancePath+"/pin/generation", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data27.because !== undefined && func0.call(data27, "because")){
if(typeof data27.because !== "string"){
vErrors = add(vErrors, instancePath+"/pin/because", "type", {type: "string"});
errors++;
}
}
if(data27.actor !== undefined && func0.call(data27, "actor")){
if(typeof data27.actor !== "string"){
vErrors = add(vErrors, instancePath+"/pin/actor", "type", {type: "string"});
errors++;
}
}
if(data27.at !== undefined && func0.call(data27, "at")){
if(!(validate49(data27.at, instancePath+"/pin/at"))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
}
if(data.unmanaged !== undefined && func0.call(data, "unmanaged")){
let data32 = data.unmanaged;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
vErrors = add(vErrors, instancePath+"/unmanaged", "type", {type: "integer"});
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 1 || isNaN(data32)){
vErrors = add(vErrors, instancePath+"/unmanaged", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.ledgerHead !== undefined && func0.call(data, "ledgerHead")){
let data33 = data.ledgerHead;
if((!(data33 && typeof data33 == "object" && !Array.isArray(data33))) && (data33 !== null)){
vErrors = add(vErrors, instancePath+"/ledgerHead", "type", {type: schema34.properties.ledgerHead.type});
errors++;
}
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
if((data33.seq === undefined) || (!(func0.call(data33, "seq")))){
vErrors = add(vErrors, instancePath+"/ledgerHead", "required", {missingProperty: "seq"});
errors++;
}
if((data33.hash === undefined) || (!(func0.call(data33, "hash")))){
vErrors = add(vErrors, instancePath+"/ledgerHead", "required", {missingProperty: "hash"});
errors++;
}
if(data33.seq !== undefined && func0.call(data33, "seq")){
let data34 = data33.seq;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
vErrors = add(vErrors, instancePath+"/ledgerHead/seq", "type", {type: "integer"});
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 < 0 || isNaN(data34)){
vErrors = add(vErrors, instancePath+"/ledgerHead/seq", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data33.hash !== undefined && func0.call(data33, "hash")){
if(!(validate23(data33.hash, instancePath+"/ledgerHead/hash"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
}
if(data.owner !== undefined && func0.call(data, "owner")){
if(!(validate105(data.owner, instancePath+"/owner"))){
vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
errors = vErrors.length;
}
}
if(data.approvals !== undefined && func0.call(data, "approvals")){
let data37 = data.approvals;
if(Array.isArray(data37)){
const len3 = data37.length;
for(let i3=0; i3<len3; i3++){
let data38 = data37[i3];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if((data38.when === undefined) || (!(func0.call(data38, "when")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3, "required", {missingProperty: "when"});
errors++;
}
if((data38.count === undefined) || (!(func0.call(data38, "count")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3, "required", {missingProperty: "count"});
errors++;
}
if((data38.teams === undefined) || (!(func0.call(data38, "teams")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3, "required", {missingProperty: "teams"});
errors++;
}
if((data38.approvedBy === undefined) || (!(func0.call(data38, "approvedBy")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3, "required", {missingProperty: "approvedBy"});
errors++;
}
if(data38.when !== undefined && func0.call(data38, "when")){
let data39 = data38.when;
if(typeof data39 !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/when", "type", {type: "string"});
errors++;
}
if(!((((data39 === "always") || (data39 === "widening")) || (data39 === "delete")) || (data39 === "trust-weakened"))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/when", "enum", {allowedValues: schema34.properties.approvals.items.properties.when.enum});
errors++;
}
}
if(data38.count !== undefined && func0.call(data38, "count")){
let data40 = data38.count;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/count", "type", {type: "integer"});
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 < 1 || isNaN(data40)){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/count", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data38.teams !== undefined && func0.call(data38, "teams")){
let data41 = data38.teams;
if(Array.isArray(data41)){
const len4 = data41.length;
for(let i4=0; i4<len4; i4++){
if(typeof data41[i4] !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/teams/" + i4, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/teams", "type", {type: "array"});
errors++;
}
}
if(data38.approvedBy !== undefined && func0.call(data38, "approvedBy")){
let data43 = data38.approvedBy;
if(Array.isArray(data43)){
const len5 = data43.length;
for(let i5=0; i5<len5; i5++){
if(typeof data43[i5] !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/approvedBy/" + i5, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/approvedBy", "type", {type: "array"});
errors++;
}
}
if(data38.people !== undefined && func0.call(data38, "people")){
let data45 = data38.people;
if(Array.isArray(data45)){
const len6 = data45.length;
for(let i6=0; i6<len6; i6++){
let data46 = data45[i6];
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if((data46.name === undefined) || (!(func0.call(data46, "name")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6, "required", {missingProperty: "name"});
errors++;
}
if((data46.isAuthor === undefined) || (!(func0.call(data46, "isAuthor")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6, "required", {missingProperty: "isAuthor"});
errors++;
}
if((data46.ssh === undefined) || (!(func0.call(data46, "ssh")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6, "required", {missingProperty: "ssh"});
errors++;
}
if((data46.oidc === undefined) || (!(func0.call(data46, "oidc")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6, "required", {missingProperty: "oidc"});
errors++;
}
if(data46.name !== undefined && func0.call(data46, "name")){
if(typeof data46.name !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/name", "type", {type: "string"});
errors++;
}
}
if(data46.isAuthor !== undefined && func0.call(data46, "isAuthor")){
if(typeof data46.isAuthor !== "boolean"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/isAuthor", "type", {type: "boolean"});
errors++;
}
}
if(data46.ssh !== undefined && func0.call(data46, "ssh")){
let data49 = data46.ssh;
if(Array.isArray(data49)){
const len7 = data49.length;
for(let i7=0; i7<len7; i7++){
if(typeof data49[i7] !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/ssh/" + i7, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/ssh", "type", {type: "array"});
errors++;
}
}
if(data46.oidc !== undefined && func0.call(data46, "oidc")){
let data51 = data46.oidc;
if(Array.isArray(data51)){
const len8 = data51.length;
for(let i8=0; i8<len8; i8++){
let data52 = data51[i8];
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if((data52.issuer === undefined) || (!(func0.call(data52, "issuer")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc/" + i8, "required", {missingProperty: "issuer"});
errors++;
}
if((data52.subject === undefined) || (!(func0.call(data52, "subject")))){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc/" + i8, "required", {missingProperty: "subject"});
errors++;
}
if(data52.issuer !== undefined && func0.call(data52, "issuer")){
if(typeof data52.issuer !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc/" + i8+"/issuer", "type", {type: "string"});
errors++;
}
}
if(data52.subject !== undefined && func0.call(data52, "subject")){
if(typeof data52.subject !== "string"){
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc/" + i8+"/subject", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc/" + i8, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6+"/oidc", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people/" + i6, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3+"/people", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i3, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals", "type", {type: "array"});
errors++;
}
}
if(data.policies !== undefined && func0.call(data, "policies")){
let data55 = data.policies;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(data55.attested !== undefined && func0.call(data55, "attested")){
let data56 = data55.attested;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if((data56.signer === undefined) || (!(func0.call(data56, "signer")))){
vErrors = add(vErrors, instancePath+"/policies/attested", "required", {missingProperty: "signer"});
errors++;
}
if((data56.identity === undefined) || (!(func0.call(data56, "identity")))){
vErrors = add(vErrors, instancePath+"/policies/attested", "required", {missingProperty: "identity"});
errors++;
}
if((data56.issuer === undefined) || (!(func0.call(data56, "issuer")))){
vErrors = add(vErrors, instancePath+"/policies/attested", "required", {missingProperty: "issuer"});
errors++;
}
if((data56.opa === undefined) || (!(func0.call(data56, "opa")))){
vErrors = add(vErrors, instancePath+"/policies/attested", "required", {missingProperty: "opa"});
errors++;
}
if((data56.at === undefined) || (!(func0.call(data56, "at")))){
vErrors = add(vErrors, instancePath+"/policies/attested", "required", {missingProperty: "at"});
errors++;
}
if(data56.signer !== undefined && func0.call(data56, "signer")){
let data57 = data56.signer;
if(typeof data57 === "string"){
if(func53(data57) > 63){
vErrors = add(vErrors, instancePath+"/policies/attested/signer", "maxLength", {limit: 63});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/policies/attested/signer", "type", {type: "string"});
errors++;
}
}
if(data56.identity !== undefined && func0.call(data56, "identity")){
let data58 = data56.identity;
if((typeof data58 !== "string") && (data58 !== null)){
vErrors = add(vErrors, instancePath+"/policies/attested/identity", "type", {type: schema34.properties.policies.properties.attested.properties.identity.type});
errors++;
}
if(typeof data58 === "string"){
if(func53(data58) > 2048){
vErrors = add(vErrors, instancePath+"/policies/attested/identity", "maxLength", {limit: 2048});
errors++;
}
}
}
if(data56.issuer !== undefined && func0.call(data56, "issuer")){
let data59 = data56.issuer;
if((typeof data59 !== "string") && (data59 !== null)){
vErrors = add(vErrors, instancePath+"/policies/attested/issuer", "type", {type: schema34.properties.policies.properties.attested.properties.issuer.type});
errors++;
}
if(typeof data59 === "string"){
if(func53(data59) > 2048){
vErrors = add(vErrors, instancePath+"/policies/attested/issuer", "maxLength", {limit: 2048});
errors++;
}
}
}
if(data56.opa !== undefined && func0.call(data56, "opa")){
let data60 = data56.opa;
if(typeof data60 === "string"){
if(func53(data60) > 256){
vErrors = add(vErrors, instancePath+"/policies/attested/opa", "maxLength", {limit: 256});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/policies/attested/opa", "type", {type: "string"});
errors++;
}
}
if(data56.at !== undefined && func0.call(data56, "at")){
let data61 = data56.at;
if(typeof data61 === "string"){
if(func53(data61) > 64){
vErrors = add(vErrors, instancePath+"/policies/attested/at", "maxLength", {limit: 64});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/policies/attested/at", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/policies/attested", "type", {type: "object"});
errors++;
}
}
if(data55.rebuilt !== undefined && func0.call(data55, "rebuilt")){
let data62 = data55.rebuilt;
if(typeof data62 !== "string"){
vErrors = add(vErrors, instancePath+"/policies/rebuilt", "type", {type: "string"});
errors++;
}
if(!(((data62 === "same") || (data62 === "different")) || (data62 === "unchecked"))){
vErrors = add(vErrors, instancePath+"/policies/rebuilt", "enum", {allowedValues: schema34.properties.policies.properties.rebuilt.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/policies", "type", {type: "object"});
errors++;
}
}
if(data.bundles !== undefined && func0.call(data, "bundles")){
let data63 = data.bundles;
if(Array.isArray(data63)){
const len9 = data63.length;
for(let i9=0; i9<len9; i9++){
let data64 = data63[i9];
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
if((data64.address === undefined) || (!(func0.call(data64, "address")))){
vErrors = add(vErrors, instancePath+"/bundles/" + i9, "required", {missingProperty: "address"});
errors++;
}
if((data64.identity === undefined) || (!(func0.call(data64, "identity")))){
vErrors = add(vErrors, instancePath+"/bundles/" + i9, "required", {missingProperty: "identity"});
errors++;
}
if((data64.issuer === undefined) || (!(func0.call(data64, "issuer")))){
vErrors = add(vErrors, instancePath+"/bundles/" + i9, "required", {missingProperty: "issuer"});
errors++;
}
if((data64.key === undefined) || (!(func0.call(data64, "key")))){
vErrors = add(vErrors, instancePath+"/bundles/" + i9, "required", {missingProperty: "key"});
errors++;
}
if(data64.address !== undefined && func0.call(data64, "address")){
if(!(validate36(data64.address, instancePath+"/bundles/" + i9+"/address"))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data64.identity !== undefined && func0.call(data64, "identity")){
let data66 = data64.identity;
if((typeof data66 !== "string") && (data66 !== null)){
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/identity", "type", {type: schema34.properties.bundles.items.properties.identity.type});
errors++;
}
}
if(data64.issuer !== undefined && func0.call(data64, "issuer")){
let data67 = data64.issuer;
if((typeof data67 !== "string") && (data67 !== null)){
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/issuer", "type", {type: schema34.properties.bundles.items.properties.issuer.type});
errors++;
}
}
if(data64.key !== undefined && func0.call(data64, "key")){
let data68 = data64.key;
if((typeof data68 !== "string") && (data68 !== null)){
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/key", "type", {type: schema34.properties.bundles.items.properties.key.type});
errors++;
}
}
if(data64.digest !== undefined && func0.call(data64, "digest")){
if(!(validate23(data64.digest, instancePath+"/bundles/" + i9+"/digest"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data64.signedAt !== undefined && func0.call(data64, "signedAt")){
let data70 = data64.signedAt;
if((typeof data70 !== "string") && (data70 !== null)){
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/signedAt", "type", {type: schema34.properties.bundles.items.properties.signedAt.type});
errors++;
}
}
if(data64.logged !== undefined && func0.call(data64, "logged")){
let data71 = data64.logged;
if(Array.isArray(data71)){
const len10 = data71.length;
for(let i10=0; i10<len10; i10++){
if(typeof data71[i10] !== "string"){
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/logged/" + i10, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/bundles/" + i9+"/logged", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/bundles/" + i9, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/bundles", "type", {type: "array"});
errors++;
}
}
if(data.rules !== undefined && func0.call(data, "rules")){
let data73 = data.rules;
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
for(const key0 of Object.keys(data73)){
let data74 = data73[key0];
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
if((data74.file === undefined) || (!(func0.call(data74, "file")))){
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "required", {missingProperty: "file"});
errors++;
}
if((data74.line === undefined) || (!(func0.call(data74, "line")))){
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "required", {missingProperty: "line"});
errors++;
}
if(data74.file !== undefined && func0.call(data74, "file")){
if(typeof data74.file !== "string"){
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/file", "type", {type: "string"});
errors++;
}
}
if(data74.line !== undefined && func0.call(data74, "line")){
let data76 = data74.line;
if(!(((typeof data76 == "number") && (!(data76 % 1) && !isNaN(data76))) && (isFinite(data76)))){
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/line", "type", {type: "integer"});
errors++;
}
if((typeof data76 == "number") && (isFinite(data76))){
if(data76 < 1 || isNaN(data76)){
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/line", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rules/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rules", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}
function validate52(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
if((data.effect === undefined) || (!(func0.call(data, "effect")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "effect"});
errors++;
}
if((data.body === undefined) || (!(func0.call(data, "body")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "body"});
errors++;
}
if((data.evidence === undefined) || (!(func0.call(data, "evidence")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "evidence"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Plan" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Plan"});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate23(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.effect !== undefined && func0.call(data, "effect")){
if(!(validate23(data.effect, instancePath+"/effect"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.body !== undefined && func0.call(data, "body")){
if(!(validate55(data.body, instancePath+"/body"))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.evidence !== undefined && func0.call(data, "evidence")){
if(!(validate97(data.evidence, instancePath+"/evidence"))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
export const PluginManifest = validate110;
const schema36 = {"type":"object","additionalProperties":false,"required":["formatVersion","kind","name","version","runtime","entry"],"properties":{"formatVersion":{"type":"string","maxLength":16,"pattern":"^1\\.[0-9]+$"},"kind":{"type":"string","const":"PluginManifest"},"name":{"$ref":"#/$defs/common_name"},"version":{"type":"string","minLength":5,"maxLength":64,"pattern":"^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$"},"description":{"$ref":"#/$defs/common_description"},"license":{"type":"string","minLength":1,"maxLength":128},"homepage":{"$ref":"#/$defs/common_httpUrl"},"runtime":{"type":"string","enum":["js","wasm"]},"entry":{"$ref":"#/$defs/common_path"},"provides":{"$ref":"#/$defs/plugin_provides"},"tools":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/plugin_tool"}},"capabilities":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/plugin_need"}},"credentials":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/plugin_credentialNeed"}}}};
const pattern13 = new RegExp(source7, "u");
function validate112(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 1024){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate112.errors = vErrors;
return errors === 0;
}
const formats6 = FORMATS.uri;
const pattern14 = new RegExp(source8, "u");
function validate114(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 2048){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 2048});
errors++;
}
if(!pattern14.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source8});
errors++;
}
if(!(formats6(data))){
vErrors = add(vErrors, instancePath, "format", {format: "uri"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate114.errors = vErrors;
return errors === 0;
}
const formats8 = FORMATS.path;
const pattern15 = new RegExp(source9, "u");
function validate116(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 1024){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 1024});
errors++;
}
if(func53(data) < 1){
vErrors = add(vErrors, instancePath, "minLength", {limit: 1});
errors++;
}
if(!pattern15.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source9});
errors++;
}
if(!(formats8(data))){
vErrors = add(vErrors, instancePath, "format", {format: "path"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate116.errors = vErrors;
return errors === 0;
}
const schema40 = {"type":"array","maxItems":8,"uniqueItems":true,"items":{"type":"string","enum":["tools","channel","model-provider","memory"]}};
function validate118(data, instancePath=""){
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
vErrors = add(vErrors, instancePath+"/" + i0, "enum", {allowedValues: schema40.items.enum});
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
validate118.errors = vErrors;
return errors === 0;
}
const schema41 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_.]*$"},"description":{"type":"string","minLength":1,"maxLength":4096},"actions":{"type":"array","maxItems":64,"minItems":1,"uniqueItems":true,"items":{"type":"string","maxLength":63,"pattern":"^[a-z][a-z0-9_-]*$"}},"resource":{"type":"string","enum":["url","path","command","name"]},"input":{"type":"object","maxProperties":100,"additionalProperties":{}}}};
const pattern16 = new RegExp(source10, "u");
const pattern17 = new RegExp(source11, "u");
function validate120(data, instancePath=""){
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
if(func53(data0) > 128){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 128});
errors++;
}
if(func53(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern16.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source10});
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
if(func53(data1) > 4096){
vErrors = add(vErrors, instancePath+"/description", "maxLength", {limit: 4096});
errors++;
}
if(func53(data1) < 1){
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
if(func53(data3) > 63){
vErrors = add(vErrors, instancePath+"/actions/" + i0, "maxLength", {limit: 63});
errors++;
}
if(!pattern17.test(data3)){
vErrors = add(vErrors, instancePath+"/actions/" + i0, "pattern", {pattern: source11});
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
vErrors = add(vErrors, instancePath+"/resource", "enum", {allowedValues: schema41.properties.resource.enum});
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
validate120.errors = vErrors;
return errors === 0;
}
const pattern18 = new RegExp(source12, "u");
const pattern20 = new RegExp(source13, "u");
function validate123(data, instancePath=""){
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
if(func53(data0) > 63){
vErrors = add(vErrors, instancePath+"/action", "maxLength", {limit: 63});
errors++;
}
if(!pattern17.test(data0)){
vErrors = add(vErrors, instancePath+"/action", "pattern", {pattern: source11});
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
if(func53(data1) > 2048){
vErrors = add(vErrors, instancePath+"/resource", "maxLength", {limit: 2048});
errors++;
}
if(func53(data1) < 1){
vErrors = add(vErrors, instancePath+"/resource", "minLength", {limit: 1});
errors++;
}
if(!pattern20.test(data1)){
vErrors = add(vErrors, instancePath+"/resource", "pattern", {pattern: source13});
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
validate123.errors = vErrors;
return errors === 0;
}
const schema44 = {"type":"object","additionalProperties":false,"properties":{"approval":{"type":"string","enum":["always","once","never"]},"rate":{"$ref":"#/$defs/common_rate"},"maxCalls":{"type":"integer","minimum":1,"maximum":1000000},"timeout":{"$ref":"#/$defs/common_duration"},"maxRequestBytes":{"$ref":"#/$defs/common_byteSize"},"maxResponseBytes":{"$ref":"#/$defs/common_byteSize"}}};
const pattern21 = new RegExp(source14, "u");
function validate126(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern21.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source14});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate126.errors = vErrors;
return errors === 0;
}
const pattern22 = new RegExp(source15, "u");
function validate128(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern22.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source15});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate128.errors = vErrors;
return errors === 0;
}
const pattern23 = new RegExp(source16, "u");
function validate130(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func53(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern23.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: source16});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate130.errors = vErrors;
return errors === 0;
}
function validate125(data, instancePath=""){
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
vErrors = add(vErrors, instancePath+"/approval", "enum", {allowedValues: schema44.properties.approval.enum});
errors++;
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
if(!(validate126(data.rate, instancePath+"/rate"))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
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
if(!(validate128(data.timeout, instancePath+"/timeout"))){
vErrors = vErrors === null ? validate128.errors : vErrors.concat(validate128.errors);
errors = vErrors.length;
}
}
if(data.maxRequestBytes !== undefined && func0.call(data, "maxRequestBytes")){
if(!(validate130(data.maxRequestBytes, instancePath+"/maxRequestBytes"))){
vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
errors = vErrors.length;
}
}
if(data.maxResponseBytes !== undefined && func0.call(data, "maxResponseBytes")){
if(!(validate130(data.maxResponseBytes, instancePath+"/maxResponseBytes"))){
vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate125.errors = vErrors;
return errors === 0;
}
function validate122(data, instancePath=""){
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
if(func53(data0) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(!pattern18.test(data0)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: source12});
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
if(!(validate123(data1[i0], instancePath+"/permissions/" + i0))){
vErrors = vErrors === null ? validate123.errors : vErrors.concat(validate123.errors);
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
if(!(validate125(data.constraints, instancePath+"/constraints"))){
vErrors = vErrors === null ? validate125.errors : vErrors.concat(validate125.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate122.errors = vErrors;
return errors === 0;
}
const pattern25 = new RegExp(source17, "u");
const pattern26 = new RegExp(source18, "u");
function validate135(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
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
if(!((((key0 === "name") || (key0 === "header")) || (key0 === "prefix")) || (key0 === "resources"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func53(data0) > 63){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 63});
errors++;
}
if(func53(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
errors++;
}
if(!pattern8.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: source3});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/name", "type", {type: "string"});
errors++;
}
}
if(data.header !== undefined && func0.call(data, "header")){
let data1 = data.header;
if(typeof data1 === "string"){
if(func53(data1) > 128){
vErrors = add(vErrors, instancePath+"/header", "maxLength", {limit: 128});
errors++;
}
if(func53(data1) < 1){
vErrors = add(vErrors, instancePath+"/header", "minLength", {limit: 1});
errors++;
}
if(!pattern25.test(data1)){
vErrors = add(vErrors, instancePath+"/header", "pattern", {pattern: source17});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/header", "type", {type: "string"});
errors++;
}
}
if(data.prefix !== undefined && func0.call(data, "prefix")){
let data2 = data.prefix;
if(typeof data2 === "string"){
if(func53(data2) > 64){
vErrors = add(vErrors, instancePath+"/prefix", "maxLength", {limit: 64});
errors++;
}
if(func53(data2) < 1){
vErrors = add(vErrors, instancePath+"/prefix", "minLength", {limit: 1});
errors++;
}
if(!pattern26.test(data2)){
vErrors = add(vErrors, instancePath+"/prefix", "pattern", {pattern: source18});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/prefix", "type", {type: "string"});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data3 = data.resources;
if(Array.isArray(data3)){
if(data3.length > 64){
vErrors = add(vErrors, instancePath+"/resources", "maxItems", {limit: 64});
errors++;
}
if(data3.length < 1){
vErrors = add(vErrors, instancePath+"/resources", "minItems", {limit: 1});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func53(data4) > 2048){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "maxLength", {limit: 2048});
errors++;
}
if(func53(data4) < 1){
vErrors = add(vErrors, instancePath+"/resources/" + i0, "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i0, "type", {type: "string"});
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
validate135.errors = vErrors;
return errors === 0;
}
function validate110(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
if((data.version === undefined) || (!(func0.call(data, "version")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "version"});
errors++;
}
if((data.runtime === undefined) || (!(func0.call(data, "runtime")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "runtime"});
errors++;
}
if((data.entry === undefined) || (!(func0.call(data, "entry")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "entry"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema36.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("PluginManifest" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "PluginManifest"});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
if(!(validate56(data.name, instancePath+"/name"))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.version !== undefined && func0.call(data, "version")){
let data3 = data.version;
if(typeof data3 === "string"){
if(func53(data3) > 64){
vErrors = add(vErrors, instancePath+"/version", "maxLength", {limit: 64});
errors++;
}
if(func53(data3) < 5){
vErrors = add(vErrors, instancePath+"/version", "minLength", {limit: 5});
errors++;
}
if(!pattern13.test(data3)){
vErrors = add(vErrors, instancePath+"/version", "pattern", {pattern: source7});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/version", "type", {type: "string"});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate112(data.description, instancePath+"/description"))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.license !== undefined && func0.call(data, "license")){
let data5 = data.license;
if(typeof data5 === "string"){
if(func53(data5) > 128){
vErrors = add(vErrors, instancePath+"/license", "maxLength", {limit: 128});
errors++;
}
if(func53(data5) < 1){
vErrors = add(vErrors, instancePath+"/license", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/license", "type", {type: "string"});
errors++;
}
}
if(data.homepage !== undefined && func0.call(data, "homepage")){
if(!(validate114(data.homepage, instancePath+"/homepage"))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.runtime !== undefined && func0.call(data, "runtime")){
let data7 = data.runtime;
if(typeof data7 !== "string"){
vErrors = add(vErrors, instancePath+"/runtime", "type", {type: "string"});
errors++;
}
if(!((data7 === "js") || (data7 === "wasm"))){
vErrors = add(vErrors, instancePath+"/runtime", "enum", {allowedValues: schema36.properties.runtime.enum});
errors++;
}
}
if(data.entry !== undefined && func0.call(data, "entry")){
if(!(validate116(data.entry, instancePath+"/entry"))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.provides !== undefined && func0.call(data, "provides")){
if(!(validate118(data.provides, instancePath+"/provides"))){
vErrors = vErrors === null ? validate118.errors : vErrors.concat(validate118.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined && func0.call(data, "tools")){
let data10 = data.tools;
if(Array.isArray(data10)){
if(data10.length > 1000){
vErrors = add(vErrors, instancePath+"/tools", "maxItems", {limit: 1000});
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate120(data10[i0], instancePath+"/tools/" + i0))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
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
let data12 = data.capabilities;
if(Array.isArray(data12)){
if(data12.length > 1000){
vErrors = add(vErrors, instancePath+"/capabilities", "maxItems", {limit: 1000});
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
if(!(validate122(data12[i1], instancePath+"/capabilities/" + i1))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/capabilities", "type", {type: "array"});
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
if(!(validate135(data14[i2], instancePath+"/credentials/" + i2))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/credentials", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate110.errors = vErrors;
return errors === 0;
}
export const PluginTests = validate137;
const pattern28 = new RegExp(source19, "u");
function validate138(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "tool") || (key0 === "args")) || (key0 === "credentials")) || (key0 === "answer")) || (key0 === "refuse"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.tool !== undefined && func0.call(data, "tool")){
let data0 = data.tool;
if(typeof data0 === "string"){
if(func53(data0) > 200){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 200});
errors++;
}
if(func53(data0) < 1){
vErrors = add(vErrors, instancePath+"/tool", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.args !== undefined && func0.call(data, "args")){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length > 100){
vErrors = add(vErrors, instancePath+"/args", "maxProperties", {limit: 100});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/args", "type", {type: "object"});
errors++;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
let data2 = data.credentials;
if(Array.isArray(data2)){
if(data2.length > 64){
vErrors = add(vErrors, instancePath+"/credentials", "maxItems", {limit: 64});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func53(data3) > 63){
vErrors = add(vErrors, instancePath+"/credentials/" + i0, "maxLength", {limit: 63});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/credentials/" + i0, "type", {type: "string"});
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
vErrors = add(vErrors, instancePath+"/credentials", "uniqueItems", {i: i1, j: j0});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/credentials", "type", {type: "array"});
errors++;
}
}
if(data.answer !== undefined && func0.call(data, "answer")){
let data4 = data.answer;
if(typeof data4 === "string"){
if(func53(data4) > 1048576){
vErrors = add(vErrors, instancePath+"/answer", "maxLength", {limit: 1048576});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/answer", "type", {type: "string"});
errors++;
}
}
if(data.refuse !== undefined && func0.call(data, "refuse")){
let data5 = data.refuse;
if(typeof data5 === "string"){
if(func53(data5) > 64){
vErrors = add(vErrors, instancePath+"/refuse", "maxLength", {limit: 64});
errors++;
}
if(!pattern28.test(data5)){
vErrors = add(vErrors, instancePath+"/refuse", "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/refuse", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate138.errors = vErrors;
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
if((data.tool === undefined) || (!(func0.call(data, "tool")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tool"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "name") || (key0 === "tool")) || (key0 === "args")) || (key0 === "expect")) || (key0 === "fails"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func53(data0) > 200){
vErrors = add(vErrors, instancePath+"/name", "maxLength", {limit: 200});
errors++;
}
if(func53(data0) < 1){
vErrors = add(vErrors, instancePath+"/name", "minLength", {limit: 1});
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
if(func53(data1) > 128){
vErrors = add(vErrors, instancePath+"/tool", "maxLength", {limit: 128});
errors++;
}
if(func53(data1) < 1){
vErrors = add(vErrors, instancePath+"/tool", "minLength", {limit: 1});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/tool", "type", {type: "string"});
errors++;
}
}
if(data.args !== undefined && func0.call(data, "args")){
let data2 = data.args;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
vErrors = add(vErrors, instancePath+"/args", "maxProperties", {limit: 1000});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/args", "type", {type: "object"});
errors++;
}
}
if(data.fails !== undefined && func0.call(data, "fails")){
let data3 = data.fails;
if(typeof data3 === "string"){
if(func53(data3) > 64){
vErrors = add(vErrors, instancePath+"/fails", "maxLength", {limit: 64});
errors++;
}
if(!pattern28.test(data3)){
vErrors = add(vErrors, instancePath+"/fails", "pattern", {pattern: source19});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/fails", "type", {type: "string"});
errors++;
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
function validate137(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.tests === undefined) || (!(func0.call(data, "tests")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "tests"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "formatVersion") || (key0 === "kind")) || (key0 === "settings")) || (key0 === "secrets")) || (key0 === "host")) || (key0 === "tests"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("PluginTests" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "PluginTests"});
errors++;
}
}
if(data.settings !== undefined && func0.call(data, "settings")){
let data2 = data.settings;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
vErrors = add(vErrors, instancePath+"/settings", "maxProperties", {limit: 1000});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/settings", "type", {type: "object"});
errors++;
}
}
if(data.secrets !== undefined && func0.call(data, "secrets")){
let data3 = data.secrets;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length > 64){
vErrors = add(vErrors, instancePath+"/secrets", "maxProperties", {limit: 64});
errors++;
}
for(const key1 of Object.keys(data3)){
let data4 = data3[key1];
if(typeof data4 === "string"){
if(func53(data4) > 65536){
vErrors = add(vErrors, instancePath+"/secrets/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 65536});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/secrets/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/secrets", "type", {type: "object"});
errors++;
}
}
if(data.host !== undefined && func0.call(data, "host")){
let data5 = data.host;
if(Array.isArray(data5)){
if(data5.length > 1000){
vErrors = add(vErrors, instancePath+"/host", "maxItems", {limit: 1000});
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate138(data5[i0], instancePath+"/host/" + i0))){
vErrors = vErrors === null ? validate138.errors : vErrors.concat(validate138.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/host", "type", {type: "array"});
errors++;
}
}
if(data.tests !== undefined && func0.call(data, "tests")){
let data7 = data.tests;
if(Array.isArray(data7)){
if(data7.length > 1000){
vErrors = add(vErrors, instancePath+"/tests", "maxItems", {limit: 1000});
errors++;
}
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
if(!(validate140(data7[i1], instancePath+"/tests/" + i1))){
vErrors = vErrors === null ? validate140.errors : vErrors.concat(validate140.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/tests", "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate137.errors = vErrors;
return errors === 0;
}
export const Proof = validate142;
const schema52 = {"type":"object","additionalProperties":{},"required":["formatVersion","kind","owner","generation","evidence","plan","approvals","judges","commits","ledger"],"properties":{"formatVersion":{"type":"string","maxLength":16,"pattern":"^1\\.[0-9]+$"},"kind":{"type":"string","const":"Proof"},"owner":{"type":"string","maxLength":127},"generation":{"$ref":"#/$defs/proof_generation"},"evidence":{"type":"string","pattern":"^[A-Za-z0-9+/]*={0,2}$"},"plan":{"$ref":"#/$defs/plan_body"},"approvals":{"type":"array","maxItems":256,"items":{"type":"string","pattern":"^[A-Za-z0-9+/]*={0,2}$"}},"judges":{"$ref":"#/$defs/proof_judges"},"policies":{"$ref":"#/$defs/proof_policies"},"commits":{"type":["array","null"],"maxItems":10000,"items":{"$ref":"#/$defs/proof_commit"}},"ledger":{"$ref":"#/$defs/proof_ledger"}}};
const pattern31 = new RegExp(source20, "u");
const schema53 = {"type":"object","additionalProperties":{},"required":["number","reason","because","digest","plan","resolved","commit","dirty","actor","createdAt","resources","evidence"],"properties":{"number":{"type":"integer","minimum":1},"reason":{"type":"string","enum":["apply","rollback","destroy","restore","adopt","forget","api"]},"because":{"type":["string","null"]},"digest":{"$ref":"#/$defs/common_digest"},"plan":{"$ref":"#/$defs/common_digest"},"resolved":{"$ref":"#/$defs/common_digest"},"commit":{"type":["string","null"]},"dirty":{"type":"boolean"},"actor":{"type":"string"},"createdAt":{"type":"string"},"resources":{"type":"integer","minimum":0},"evidence":{"$ref":"#/$defs/common_digest"}}};
function validate143(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.number === undefined) || (!(func0.call(data, "number")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "number"});
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "reason"});
errors++;
}
if((data.because === undefined) || (!(func0.call(data, "because")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "because"});
errors++;
}
if((data.digest === undefined) || (!(func0.call(data, "digest")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "digest"});
errors++;
}
if((data.plan === undefined) || (!(func0.call(data, "plan")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "plan"});
errors++;
}
if((data.resolved === undefined) || (!(func0.call(data, "resolved")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resolved"});
errors++;
}
if((data.commit === undefined) || (!(func0.call(data, "commit")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "commit"});
errors++;
}
if((data.dirty === undefined) || (!(func0.call(data, "dirty")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "dirty"});
errors++;
}
if((data.actor === undefined) || (!(func0.call(data, "actor")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "actor"});
errors++;
}
if((data.createdAt === undefined) || (!(func0.call(data, "createdAt")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "createdAt"});
errors++;
}
if((data.resources === undefined) || (!(func0.call(data, "resources")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resources"});
errors++;
}
if((data.evidence === undefined) || (!(func0.call(data, "evidence")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "evidence"});
errors++;
}
if(data.number !== undefined && func0.call(data, "number")){
let data0 = data.number;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/number", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/number", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data1 = data.reason;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/reason", "type", {type: "string"});
errors++;
}
if(!(((((((data1 === "apply") || (data1 === "rollback")) || (data1 === "destroy")) || (data1 === "restore")) || (data1 === "adopt")) || (data1 === "forget")) || (data1 === "api"))){
vErrors = add(vErrors, instancePath+"/reason", "enum", {allowedValues: schema53.properties.reason.enum});
errors++;
}
}
if(data.because !== undefined && func0.call(data, "because")){
let data2 = data.because;
if((typeof data2 !== "string") && (data2 !== null)){
vErrors = add(vErrors, instancePath+"/because", "type", {type: schema53.properties.because.type});
errors++;
}
}
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate23(data.digest, instancePath+"/digest"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.plan !== undefined && func0.call(data, "plan")){
if(!(validate23(data.plan, instancePath+"/plan"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.resolved !== undefined && func0.call(data, "resolved")){
if(!(validate23(data.resolved, instancePath+"/resolved"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.commit !== undefined && func0.call(data, "commit")){
let data6 = data.commit;
if((typeof data6 !== "string") && (data6 !== null)){
vErrors = add(vErrors, instancePath+"/commit", "type", {type: schema53.properties.commit.type});
errors++;
}
}
if(data.dirty !== undefined && func0.call(data, "dirty")){
if(typeof data.dirty !== "boolean"){
vErrors = add(vErrors, instancePath+"/dirty", "type", {type: "boolean"});
errors++;
}
}
if(data.actor !== undefined && func0.call(data, "actor")){
if(typeof data.actor !== "string"){
vErrors = add(vErrors, instancePath+"/actor", "type", {type: "string"});
errors++;
}
}
if(data.createdAt !== undefined && func0.call(data, "createdAt")){
if(typeof data.createdAt !== "string"){
vErrors = add(vErrors, instancePath+"/createdAt", "type", {type: "string"});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data10 = data.resources;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
vErrors = add(vErrors, instancePath+"/resources", "type", {type: "integer"});
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
vErrors = add(vErrors, instancePath+"/resources", "minimum", {comparison: ">=", limit: 0});
errors++;
}
}
}
if(data.evidence !== undefined && func0.call(data, "evidence")){
if(!(validate23(data.evidence, instancePath+"/evidence"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
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
function validate150(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.generation === undefined) || (!(func0.call(data, "generation")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "generation"});
errors++;
}
if((data.rows === undefined) || (!(func0.call(data, "rows")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "rows"});
errors++;
}
if((data.resources === undefined) || (!(func0.call(data, "resources")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "resources"});
errors++;
}
if(data.generation !== undefined && func0.call(data, "generation")){
let data0 = data.generation;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = add(vErrors, instancePath+"/generation", "type", {type: "integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
vErrors = add(vErrors, instancePath+"/generation", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.rows !== undefined && func0.call(data, "rows")){
let data1 = data.rows;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(Array.isArray(data2)){
if(data2.length > 2){
vErrors = add(vErrors, instancePath+"/rows/" + i0, "maxItems", {limit: 2});
errors++;
}
if(data2.length < 2){
vErrors = add(vErrors, instancePath+"/rows/" + i0, "minItems", {limit: 2});
errors++;
}
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(typeof data2[i1] !== "string"){
vErrors = add(vErrors, instancePath+"/rows/" + i0+"/" + i1, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rows/" + i0, "type", {type: "array"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/rows", "type", {type: "array"});
errors++;
}
}
if(data.resources !== undefined && func0.call(data, "resources")){
let data4 = data.resources;
if(Array.isArray(data4)){
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
let data5 = data4[i2];
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if((data5.apiVersion === undefined) || (!(func0.call(data5, "apiVersion")))){
vErrors = add(vErrors, instancePath+"/resources/" + i2, "required", {missingProperty: "apiVersion"});
errors++;
}
if((data5.kind === undefined) || (!(func0.call(data5, "kind")))){
vErrors = add(vErrors, instancePath+"/resources/" + i2, "required", {missingProperty: "kind"});
errors++;
}
if((data5.metadata === undefined) || (!(func0.call(data5, "metadata")))){
vErrors = add(vErrors, instancePath+"/resources/" + i2, "required", {missingProperty: "metadata"});
errors++;
}
if((data5.spec === undefined) || (!(func0.call(data5, "spec")))){
vErrors = add(vErrors, instancePath+"/resources/" + i2, "required", {missingProperty: "spec"});
errors++;
}
if(data5.apiVersion !== undefined && func0.call(data5, "apiVersion")){
if(typeof data5.apiVersion !== "string"){
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/apiVersion", "type", {type: "string"});
errors++;
}
}
if(data5.kind !== undefined && func0.call(data5, "kind")){
if(typeof data5.kind !== "string"){
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/kind", "type", {type: "string"});
errors++;
}
}
if(data5.metadata !== undefined && func0.call(data5, "metadata")){
let data8 = data5.metadata;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if((data8.name === undefined) || (!(func0.call(data8, "name")))){
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/metadata", "required", {missingProperty: "name"});
errors++;
}
if(data8.name !== undefined && func0.call(data8, "name")){
if(typeof data8.name !== "string"){
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/metadata/name", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/metadata", "type", {type: "object"});
errors++;
}
}
if(data5.spec !== undefined && func0.call(data5, "spec")){
let data10 = data5.spec;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i2+"/spec", "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/resources/" + i2, "type", {type: "object"});
errors++;
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
validate150.errors = vErrors;
return errors === 0;
}
function validate152(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.lock === undefined) || (!(func0.call(data, "lock")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "lock"});
errors++;
}
if((data.attestation === undefined) || (!(func0.call(data, "attestation")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "attestation"});
errors++;
}
if(data.lock !== undefined && func0.call(data, "lock")){
let data0 = data.lock;
if(typeof data0 === "string"){
if(!pattern31.test(data0)){
vErrors = add(vErrors, instancePath+"/lock", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/lock", "type", {type: "string"});
errors++;
}
}
if(data.attestation !== undefined && func0.call(data, "attestation")){
let data1 = data.attestation;
if(typeof data1 === "string"){
if(!pattern31.test(data1)){
vErrors = add(vErrors, instancePath+"/attestation", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/attestation", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate152.errors = vErrors;
return errors === 0;
}
const pattern35 = new RegExp(source21, "u");
function validate154(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.id === undefined) || (!(func0.call(data, "id")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "id"});
errors++;
}
if((data.object === undefined) || (!(func0.call(data, "object")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "object"});
errors++;
}
if(data.id !== undefined && func0.call(data, "id")){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern35.test(data0)){
vErrors = add(vErrors, instancePath+"/id", "pattern", {pattern: source21});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/id", "type", {type: "string"});
errors++;
}
}
if(data.object !== undefined && func0.call(data, "object")){
let data1 = data.object;
if(typeof data1 === "string"){
if(!pattern31.test(data1)){
vErrors = add(vErrors, instancePath+"/object", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/object", "type", {type: "string"});
errors++;
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
const schema57 = {"type":"object","additionalProperties":{},"required":["records","head"],"properties":{"records":{"type":"array","minItems":1,"maxItems":100000,"items":{"type":"object","additionalProperties":{},"required":["formatVersion","seq","prev","at","kind","owner","actor","body","hash"],"properties":{"formatVersion":{"type":"string","const":"1.0"},"seq":{"type":"integer","minimum":1},"prev":{"type":["string","null"]},"at":{"type":"string"},"kind":{"type":"string"},"owner":{"type":["string","null"]},"actor":{"type":"string"},"body":{"type":"object","additionalProperties":{}},"hash":{"$ref":"#/$defs/common_digest"}}}},"head":{"$ref":"#/$defs/proof_head"}}};
function validate158(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.lineage === undefined) || (!(func0.call(data, "lineage")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "lineage"});
errors++;
}
if((data.signed === undefined) || (!(func0.call(data, "signed")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "signed"});
errors++;
}
if((data.signature === undefined) || (!(func0.call(data, "signature")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "signature"});
errors++;
}
if((data.key === undefined) || (!(func0.call(data, "key")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "key"});
errors++;
}
if(data.lineage !== undefined && func0.call(data, "lineage")){
if(typeof data.lineage !== "string"){
vErrors = add(vErrors, instancePath+"/lineage", "type", {type: "string"});
errors++;
}
}
if(data.signed !== undefined && func0.call(data, "signed")){
if(typeof data.signed !== "string"){
vErrors = add(vErrors, instancePath+"/signed", "type", {type: "string"});
errors++;
}
}
if(data.signature !== undefined && func0.call(data, "signature")){
let data2 = data.signature;
if(typeof data2 === "string"){
if(!pattern31.test(data2)){
vErrors = add(vErrors, instancePath+"/signature", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/signature", "type", {type: "string"});
errors++;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(typeof data.key !== "string"){
vErrors = add(vErrors, instancePath+"/key", "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate158.errors = vErrors;
return errors === 0;
}
function validate156(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.records === undefined) || (!(func0.call(data, "records")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "records"});
errors++;
}
if((data.head === undefined) || (!(func0.call(data, "head")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "head"});
errors++;
}
if(data.records !== undefined && func0.call(data, "records")){
let data0 = data.records;
if(Array.isArray(data0)){
if(data0.length > 100000){
vErrors = add(vErrors, instancePath+"/records", "maxItems", {limit: 100000});
errors++;
}
if(data0.length < 1){
vErrors = add(vErrors, instancePath+"/records", "minItems", {limit: 1});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if((data1.formatVersion === undefined) || (!(func0.call(data1, "formatVersion")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data1.seq === undefined) || (!(func0.call(data1, "seq")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "seq"});
errors++;
}
if((data1.prev === undefined) || (!(func0.call(data1, "prev")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "prev"});
errors++;
}
if((data1.at === undefined) || (!(func0.call(data1, "at")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "at"});
errors++;
}
if((data1.kind === undefined) || (!(func0.call(data1, "kind")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "kind"});
errors++;
}
if((data1.owner === undefined) || (!(func0.call(data1, "owner")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "owner"});
errors++;
}
if((data1.actor === undefined) || (!(func0.call(data1, "actor")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "actor"});
errors++;
}
if((data1.body === undefined) || (!(func0.call(data1, "body")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "body"});
errors++;
}
if((data1.hash === undefined) || (!(func0.call(data1, "hash")))){
vErrors = add(vErrors, instancePath+"/records/" + i0, "required", {missingProperty: "hash"});
errors++;
}
if(data1.formatVersion !== undefined && func0.call(data1, "formatVersion")){
let data2 = data1.formatVersion;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/formatVersion", "type", {type: "string"});
errors++;
}
if("1.0" !== data2){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/formatVersion", "const", {allowedValue: "1.0"});
errors++;
}
}
if(data1.seq !== undefined && func0.call(data1, "seq")){
let data3 = data1.seq;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/seq", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/seq", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data1.prev !== undefined && func0.call(data1, "prev")){
let data4 = data1.prev;
if((typeof data4 !== "string") && (data4 !== null)){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/prev", "type", {type: schema57.properties.records.items.properties.prev.type});
errors++;
}
}
if(data1.at !== undefined && func0.call(data1, "at")){
if(typeof data1.at !== "string"){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/at", "type", {type: "string"});
errors++;
}
}
if(data1.kind !== undefined && func0.call(data1, "kind")){
if(typeof data1.kind !== "string"){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/kind", "type", {type: "string"});
errors++;
}
}
if(data1.owner !== undefined && func0.call(data1, "owner")){
let data7 = data1.owner;
if((typeof data7 !== "string") && (data7 !== null)){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/owner", "type", {type: schema57.properties.records.items.properties.owner.type});
errors++;
}
}
if(data1.actor !== undefined && func0.call(data1, "actor")){
if(typeof data1.actor !== "string"){
vErrors = add(vErrors, instancePath+"/records/" + i0+"/actor", "type", {type: "string"});
errors++;
}
}
if(data1.body !== undefined && func0.call(data1, "body")){
let data9 = data1.body;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
}
else {
vErrors = add(vErrors, instancePath+"/records/" + i0+"/body", "type", {type: "object"});
errors++;
}
}
if(data1.hash !== undefined && func0.call(data1, "hash")){
if(!(validate23(data1.hash, instancePath+"/records/" + i0+"/hash"))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/records/" + i0, "type", {type: "object"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/records", "type", {type: "array"});
errors++;
}
}
if(data.head !== undefined && func0.call(data, "head")){
if(!(validate158(data.head, instancePath+"/head"))){
vErrors = vErrors === null ? validate158.errors : vErrors.concat(validate158.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate156.errors = vErrors;
return errors === 0;
}
function validate142(data, instancePath=""){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.formatVersion === undefined) || (!(func0.call(data, "formatVersion")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "formatVersion"});
errors++;
}
if((data.kind === undefined) || (!(func0.call(data, "kind")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "kind"});
errors++;
}
if((data.owner === undefined) || (!(func0.call(data, "owner")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "owner"});
errors++;
}
if((data.generation === undefined) || (!(func0.call(data, "generation")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "generation"});
errors++;
}
if((data.evidence === undefined) || (!(func0.call(data, "evidence")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "evidence"});
errors++;
}
if((data.plan === undefined) || (!(func0.call(data, "plan")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "plan"});
errors++;
}
if((data.approvals === undefined) || (!(func0.call(data, "approvals")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "approvals"});
errors++;
}
if((data.judges === undefined) || (!(func0.call(data, "judges")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "judges"});
errors++;
}
if((data.commits === undefined) || (!(func0.call(data, "commits")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "commits"});
errors++;
}
if((data.ledger === undefined) || (!(func0.call(data, "ledger")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "ledger"});
errors++;
}
if(data.formatVersion !== undefined && func0.call(data, "formatVersion")){
let data0 = data.formatVersion;
if(typeof data0 === "string"){
if(func53(data0) > 16){
vErrors = add(vErrors, instancePath+"/formatVersion", "maxLength", {limit: 16});
errors++;
}
if(!pattern0.test(data0)){
vErrors = add(vErrors, instancePath+"/formatVersion", "pattern", {pattern: source0});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/formatVersion", "type", {type: "string"});
errors++;
}
}
if(data.kind !== undefined && func0.call(data, "kind")){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/kind", "type", {type: "string"});
errors++;
}
if("Proof" !== data1){
vErrors = add(vErrors, instancePath+"/kind", "const", {allowedValue: "Proof"});
errors++;
}
}
if(data.owner !== undefined && func0.call(data, "owner")){
let data2 = data.owner;
if(typeof data2 === "string"){
if(func53(data2) > 127){
vErrors = add(vErrors, instancePath+"/owner", "maxLength", {limit: 127});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/owner", "type", {type: "string"});
errors++;
}
}
if(data.generation !== undefined && func0.call(data, "generation")){
if(!(validate143(data.generation, instancePath+"/generation"))){
vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
errors = vErrors.length;
}
}
if(data.evidence !== undefined && func0.call(data, "evidence")){
let data4 = data.evidence;
if(typeof data4 === "string"){
if(!pattern31.test(data4)){
vErrors = add(vErrors, instancePath+"/evidence", "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/evidence", "type", {type: "string"});
errors++;
}
}
if(data.plan !== undefined && func0.call(data, "plan")){
if(!(validate55(data.plan, instancePath+"/plan"))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.approvals !== undefined && func0.call(data, "approvals")){
let data6 = data.approvals;
if(Array.isArray(data6)){
if(data6.length > 256){
vErrors = add(vErrors, instancePath+"/approvals", "maxItems", {limit: 256});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern31.test(data7)){
vErrors = add(vErrors, instancePath+"/approvals/" + i0, "pattern", {pattern: source20});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals/" + i0, "type", {type: "string"});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath+"/approvals", "type", {type: "array"});
errors++;
}
}
if(data.judges !== undefined && func0.call(data, "judges")){
if(!(validate150(data.judges, instancePath+"/judges"))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
}
if(data.policies !== undefined && func0.call(data, "policies")){
if(!(validate152(data.policies, instancePath+"/policies"))){
vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors);
errors = vErrors.length;
}
}
if(data.commits !== undefined && func0.call(data, "commits")){
let data10 = data.commits;
if((!(Array.isArray(data10))) && (data10 !== null)){
vErrors = add(vErrors, instancePath+"/commits", "type", {type: schema52.properties.commits.type});
errors++;
}
if(Array.isArray(data10)){
if(data10.length > 10000){
vErrors = add(vErrors, instancePath+"/commits", "maxItems", {limit: 10000});
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
if(!(validate154(data10[i1], instancePath+"/commits/" + i1))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
errors = vErrors.length;
}
}
}
}
if(data.ledger !== undefined && func0.call(data, "ledger")){
if(!(validate156(data.ledger, instancePath+"/ledger"))){
vErrors = vErrors === null ? validate156.errors : vErrors.concat(validate156.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate142.errors = vErrors;
return errors === 0;
}

