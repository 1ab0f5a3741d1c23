// @ts-nocheck
// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate
import { add, codePoints, equal } from "../errors.ts";
import { FORMATS } from "../formats.ts";
export const Agent = validate22;
const func0 = Object.prototype.hasOwnProperty;
const schema8 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"$ref":"#/$defs/common_name"},"labels":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":317,"pattern":"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},"additionalProperties":{"type":"string","maxLength":63,"pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"}},"annotations":{"type":"object","maxProperties":64,"propertyNames":{"type":"string","maxLength":317,"pattern":"^(?!moltbot\\.dev/(?!(original-id|protect)$))([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},"properties":{"moltbot.dev/original-id":{"type":"string","maxLength":1024},"moltbot.dev/protect":{"type":"string","enum":["true","false"]}},"additionalProperties":{"type":"string","maxLength":4096}}}};
const func54 = codePoints;
const pattern0 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"});
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

const pattern1 = new RegExp("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", "u");
const pattern2 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", "u");
const pattern3 = new RegExp("^(?!moltbot\\.dev/(?!(original-id|protect)$))([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", "u");

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
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
vErrors = add(vErrors, instancePath+"/labels", "pattern", {pattern: "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"}, key1);
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
vErrors = add(vErrors, instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "pattern", {pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"});
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
vErrors = add(vErrors, instancePath+"/annotations", "pattern", {pattern: "^(?!moltbot\\.dev/(?!(original-id|protect)$))([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"}, key3);
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

const schema10 = {"type":"object","additionalProperties":false,"required":["model"],"properties":{"description":{"$ref":"#/$defs/common_description"},"identity":{"$ref":"#/$defs/agent_identity"},"model":{"$ref":"#/$defs/agent_model"},"fallbacks":{"type":"array","maxItems":16,"items":{"$ref":"#/$defs/agent_model"}},"prompt":{"$ref":"#/$defs/common_fileText"},"skills":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"$ref":"#/$defs/common_name"}},"capabilities":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/agent_capability"}},"subAgents":{"type":"array","maxItems":256,"uniqueItems":true,"items":{"$ref":"#/$defs/common_name"}},"memory":{"$ref":"#/$defs/agent_memory"},"sandbox":{"$ref":"#/$defs/agent_sandbox"},"budgets":{"$ref":"#/$defs/agent_budgets"},"debug":{"$ref":"#/$defs/agent_debug"}}};
const func32 = equal;

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
const pattern4 = new RegExp("^([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+))*$", "u");

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+)(/([^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.[^./\\\\:%\\p{Cc}\\p{Cf}][^/\\\\:%\\p{Cc}\\p{Cf}]*|\\.\\.[^/\\\\:%\\p{Cc}\\p{Cf}]+))*$"});
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


function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate31(data.avatar, {instancePath:instancePath+"/avatar",parentData:data,parentDataProperty:"avatar",rootData}))){
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
const pattern6 = new RegExp("^[1-9][0-9]{0,8}(ms|s|m|h|d)$", "u");

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern6.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[1-9][0-9]{0,8}(ms|s|m|h|d)$"});
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

const pattern5 = new RegExp("^[^\\s\\p{Cc}\\p{Cf}]+$", "u");

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate24(data.provider, {instancePath:instancePath+"/provider",parentData:data,parentDataProperty:"provider",rootData}))){
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
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: "^[^\\s\\p{Cc}\\p{Cf}]+$"});
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
if(!(validate36(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
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

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate31(data.file, {instancePath:instancePath+"/file",parentData:data,parentDataProperty:"file",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
validate40.errors = vErrors;
return errors === 0;
}

const pattern7 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_.:/*]*[A-Za-z0-9*])?$", "u");
const pattern8 = new RegExp("^([a-z]+(\\.[a-z]+)?|(plugin|mcp):[a-z0-9]([-a-z0-9]*[a-z0-9])?/(\\*|[A-Za-z0-9_][-A-Za-z0-9_.]*)|agent:[a-z0-9]([-a-z0-9]*[a-z0-9])?)$", "u");
const pattern9 = new RegExp("^[a-z][a-z0-9_-]*$", "u");

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern9.test(data0)){
vErrors = add(vErrors, instancePath+"/action", "pattern", {pattern: "^[a-z][a-z0-9_-]*$"});
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
vErrors = add(vErrors, instancePath+"/resource", "pattern", {pattern: "^[^\\s\\p{Cc}\\p{Cf}]+$"});
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
validate45.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","additionalProperties":false,"properties":{"approval":{"type":"string","enum":["always","once","never"]},"rate":{"$ref":"#/$defs/common_rate"},"maxCalls":{"type":"integer","minimum":1,"maximum":1000000},"timeout":{"$ref":"#/$defs/common_duration"},"maxRequestBytes":{"$ref":"#/$defs/common_byteSize"},"maxResponseBytes":{"$ref":"#/$defs/common_byteSize"}}};
const pattern11 = new RegExp("^[1-9][0-9]{0,8}/(s|min|h|d)$", "u");

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern11.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[1-9][0-9]{0,8}/(s|min|h|d)$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate48.errors = vErrors;
return errors === 0;
}

const pattern12 = new RegExp("^[1-9][0-9]{0,8}(B|KiB|MiB|GiB)$", "u");

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 16){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 16});
errors++;
}
if(!pattern12.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[1-9][0-9]{0,8}(B|KiB|MiB|GiB)$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}


function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate48(data.rate, {instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
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
if(!(validate36(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.maxRequestBytes !== undefined && func0.call(data, "maxRequestBytes")){
if(!(validate51(data.maxRequestBytes, {instancePath:instancePath+"/maxRequestBytes",parentData:data,parentDataProperty:"maxRequestBytes",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.maxResponseBytes !== undefined && func0.call(data, "maxResponseBytes")){
if(!(validate51(data.maxResponseBytes, {instancePath:instancePath+"/maxResponseBytes",parentData:data,parentDataProperty:"maxResponseBytes",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate47.errors = vErrors;
return errors === 0;
}

const formats2 = FORMATS["date-time"];

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
validate55.errors = vErrors;
return errors === 0;
}


function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern7.test(data0)){
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.:/*]*[A-Za-z0-9*])?$"});
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
if(!pattern8.test(data1)){
vErrors = add(vErrors, instancePath+"/tool", "pattern", {pattern: "^([a-z]+(\\.[a-z]+)?|(plugin|mcp):[a-z0-9]([-a-z0-9]*[a-z0-9])?/(\\*|[A-Za-z0-9_][-A-Za-z0-9_.]*)|agent:[a-z0-9]([-a-z0-9]*[a-z0-9])?)$"});
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
if(!(validate45(data2[i0], {instancePath:instancePath+"/permissions/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
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
if(!(validate47(data.constraints, {instancePath:instancePath+"/constraints",parentData:data,parentDataProperty:"constraints",rootData}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
if(data.expiresAt !== undefined && func0.call(data, "expiresAt")){
if(!(validate55(data.expiresAt, {instancePath:instancePath+"/expiresAt",parentData:data,parentDataProperty:"expiresAt",rootData}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
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
validate44.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["peer","agent"]},"maxBytes":{"$ref":"#/$defs/common_byteSize"},"retention":{"$ref":"#/$defs/common_duration"}}};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!((data0 === "peer") || (data0 === "agent"))){
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema23.properties.scope.enum});
errors++;
}
}
if(data.maxBytes !== undefined && func0.call(data, "maxBytes")){
if(!(validate51(data.maxBytes, {instancePath:instancePath+"/maxBytes",parentData:data,parentDataProperty:"maxBytes",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined && func0.call(data, "retention")){
if(!(validate36(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData}))){
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

const schema24 = {"type":"object","additionalProperties":false,"properties":{"scope":{"type":"string","enum":["session","agent"]},"workspace":{"type":"string","enum":["none","read","write"]},"memory":{"$ref":"#/$defs/common_byteSize"},"timeout":{"$ref":"#/$defs/common_duration"},"processes":{"type":"integer","minimum":1,"maximum":1024},"diskBytes":{"$ref":"#/$defs/common_byteSize"}}};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((((key0 === "scope") || (key0 === "workspace")) || (key0 === "memory")) || (key0 === "timeout")) || (key0 === "processes")) || (key0 === "diskBytes"))){
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
vErrors = add(vErrors, instancePath+"/scope", "enum", {allowedValues: schema24.properties.scope.enum});
errors++;
}
}
if(data.workspace !== undefined && func0.call(data, "workspace")){
let data1 = data.workspace;
if(typeof data1 !== "string"){
vErrors = add(vErrors, instancePath+"/workspace", "type", {type: "string"});
errors++;
}
if(!(((data1 === "none") || (data1 === "read")) || (data1 === "write"))){
vErrors = add(vErrors, instancePath+"/workspace", "enum", {allowedValues: schema24.properties.workspace.enum});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate51(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
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
if(!(validate51(data.diskBytes, {instancePath:instancePath+"/diskBytes",parentData:data,parentDataProperty:"diskBytes",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}


function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((key0 === "tokensPerDay") || (key0 === "costPerDay")) || (key0 === "stepsPerMessage")) || (key0 === "concurrentSessions")) || (key0 === "timePerMessage"))){
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
if(data.stepsPerMessage !== undefined && func0.call(data, "stepsPerMessage")){
let data2 = data.stepsPerMessage;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "maximum", {comparison: "<=", limit: 1000});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/stepsPerMessage", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.concurrentSessions !== undefined && func0.call(data, "concurrentSessions")){
let data3 = data.concurrentSessions;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 100000 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "maximum", {comparison: "<=", limit: 100000});
errors++;
}
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/concurrentSessions", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.timePerMessage !== undefined && func0.call(data, "timePerMessage")){
if(!(validate36(data.timePerMessage, {instancePath:instancePath+"/timePerMessage",parentData:data,parentDataProperty:"timePerMessage",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","additionalProperties":false,"properties":{"log":{"type":"string","enum":["off","metadata","content"]},"showThinking":{"type":"boolean"},"showToolCalls":{"type":"boolean"}}};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath+"/log", "enum", {allowedValues: schema26.properties.log.enum});
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
validate71.errors = vErrors;
return errors === 0;
}


function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.identity !== undefined && func0.call(data, "identity")){
if(!(validate30(data.identity, {instancePath:instancePath+"/identity",parentData:data,parentDataProperty:"identity",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined && func0.call(data, "model")){
if(!(validate34(data.model, {instancePath:instancePath+"/model",parentData:data,parentDataProperty:"model",rootData}))){
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
if(!(validate34(data3[i0], {instancePath:instancePath+"/fallbacks/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
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
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate40(data.prompt, {instancePath:instancePath+"/prompt",parentData:data,parentDataProperty:"prompt",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
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
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate24(data6[i1], {instancePath:instancePath+"/skills/" + i1,parentData:data6,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
let i2 = data6.length;
let j0;
if(i2 > 1){
outer0:
for(;i2--;){
for(j0 = i2; j0--;){
if(func32(data6[i2], data6[j0])){
vErrors = add(vErrors, instancePath+"/skills", "uniqueItems", {i: i2, j: j0});
errors++;
break outer0;
}
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/skills", "type", {type: "array"});
errors++;
}
}
if(data.capabilities !== undefined && func0.call(data, "capabilities")){
let data8 = data.capabilities;
if(Array.isArray(data8)){
if(data8.length > 1000){
vErrors = add(vErrors, instancePath+"/capabilities", "maxItems", {limit: 1000});
errors++;
}
const len2 = data8.length;
for(let i3=0; i3<len2; i3++){
if(!(validate44(data8[i3], {instancePath:instancePath+"/capabilities/" + i3,parentData:data8,parentDataProperty:i3,rootData}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
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
let data10 = data.subAgents;
if(Array.isArray(data10)){
if(data10.length > 256){
vErrors = add(vErrors, instancePath+"/subAgents", "maxItems", {limit: 256});
errors++;
}
const len3 = data10.length;
for(let i4=0; i4<len3; i4++){
if(!(validate24(data10[i4], {instancePath:instancePath+"/subAgents/" + i4,parentData:data10,parentDataProperty:i4,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
let i5 = data10.length;
let j1;
if(i5 > 1){
outer1:
for(;i5--;){
for(j1 = i5; j1--;){
if(func32(data10[i5], data10[j1])){
vErrors = add(vErrors, instancePath+"/subAgents", "uniqueItems", {i: i5, j: j1});
errors++;
break outer1;
}
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/subAgents", "type", {type: "array"});
errors++;
}
}
if(data.memory !== undefined && func0.call(data, "memory")){
if(!(validate59(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.sandbox !== undefined && func0.call(data, "sandbox")){
if(!(validate63(data.sandbox, {instancePath:instancePath+"/sandbox",parentData:data,parentDataProperty:"sandbox",rootData}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.budgets !== undefined && func0.call(data, "budgets")){
if(!(validate68(data.budgets, {instancePath:instancePath+"/budgets",parentData:data,parentDataProperty:"budgets",rootData}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data.debug !== undefined && func0.call(data, "debug")){
if(!(validate71(data.debug, {instancePath:instancePath+"/debug",parentData:data,parentDataProperty:"debug",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
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


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate23(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate27(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
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

export const ModelProvider = validate74;
const schema28 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"description":{"$ref":"#/$defs/common_description"},"type":{"type":"string","enum":["anthropic","openai-compatible","ollama","llama-cpp","echo"]},"endpoint":{"$ref":"#/$defs/common_httpUrl"},"headers":{"$ref":"#/$defs/common_headers"},"credentials":{"$ref":"#/$defs/common_secretRef"},"timeout":{"$ref":"#/$defs/common_duration"},"limits":{"$ref":"#/$defs/modelprovider_limits"},"retries":{"$ref":"#/$defs/modelprovider_retries"},"models":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/modelprovider_model"}},"local":{"type":"boolean"},"dataClass":{"$ref":"#/$defs/common_dataClass"}}};
const formats4 = FORMATS.uri;
const pattern13 = new RegExp("^https?://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?(\\?[^#\\s\\\\]*)?$", "u");

function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 2048){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 2048});
errors++;
}
if(!pattern13.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^https?://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?(\\?[^#\\s\\\\]*)?$"});
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
validate78.errors = vErrors;
return errors === 0;
}

const pattern14 = new RegExp("^[a-z0-9!#$%&'*+.^_`|~-]+$", "u");
const schema31 = {"type":["string","object"],"maxLength":4096,"additionalProperties":false,"required":["secret"],"properties":{"secret":{"$ref":"#/$defs/common_name"},"key":{"$ref":"#/$defs/common_secretKey"}}};
const pattern15 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", "u");

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern15.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}


function validate81(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = add(vErrors, instancePath, "type", {type: schema31.type});
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
if(!(validate24(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate83(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
validate81.errors = vErrors;
return errors === 0;
}


function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate24(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined && func0.call(data, "key")){
if(!(validate83(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
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


function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern14.test(key0)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[a-z0-9!#$%&'*+.^_`|~-]+$"}, key0);
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
if(!(validate81(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
errors = vErrors.length;
}
}
}
if(data.authorization !== undefined && func0.call(data, "authorization")){
if(!(validate86(data.authorization, {instancePath:instancePath+"/authorization",parentData:data,parentDataProperty:"authorization",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["proxy-authorization"] !== undefined && func0.call(data, "proxy-authorization")){
if(!(validate86(data["proxy-authorization"], {instancePath:instancePath+"/proxy-authorization",parentData:data,parentDataProperty:"proxy-authorization",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.cookie !== undefined && func0.call(data, "cookie")){
if(!(validate86(data.cookie, {instancePath:instancePath+"/cookie",parentData:data,parentDataProperty:"cookie",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["api-key"] !== undefined && func0.call(data, "api-key")){
if(!(validate86(data["api-key"], {instancePath:instancePath+"/api-key",parentData:data,parentDataProperty:"api-key",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["x-api-key"] !== undefined && func0.call(data, "x-api-key")){
if(!(validate86(data["x-api-key"], {instancePath:instancePath+"/x-api-key",parentData:data,parentDataProperty:"x-api-key",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["x-goog-api-key"] !== undefined && func0.call(data, "x-goog-api-key")){
if(!(validate86(data["x-goog-api-key"], {instancePath:instancePath+"/x-goog-api-key",parentData:data,parentDataProperty:"x-goog-api-key",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["x-auth-token"] !== undefined && func0.call(data, "x-auth-token")){
if(!(validate86(data["x-auth-token"], {instancePath:instancePath+"/x-auth-token",parentData:data,parentDataProperty:"x-auth-token",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
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


function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate48(data.rate, {instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
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
if(!(validate51(data.maxResponseBytes, {instancePath:instancePath+"/maxResponseBytes",parentData:data,parentDataProperty:"maxResponseBytes",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}


function validate103(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate36(data.backoff, {instancePath:instancePath+"/backoff",parentData:data,parentDataProperty:"backoff",rootData}))){
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

const schema36 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[^\\s\\p{Cc}\\p{Cf}]+$"},"displayName":{"type":"string","minLength":1,"maxLength":128},"contextWindow":{"type":"integer","minimum":1,"maximum":100000000},"maxOutputTokens":{"type":"integer","minimum":1,"maximum":10000000},"input":{"type":"array","maxItems":8,"uniqueItems":true,"items":{"type":"string","enum":["text","image","audio","video","document"]}},"thinking":{"type":"boolean"},"digest":{"$ref":"#/$defs/common_digest"},"prices":{"$ref":"#/$defs/modelprovider_prices"}}};
const pattern17 = new RegExp("^sha256:[0-9a-f]{64}$", "u");

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 71){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 71});
errors++;
}
if(!pattern17.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^sha256:[0-9a-f]{64}$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate107.errors = vErrors;
return errors === 0;
}

const pattern18 = new RegExp("^[A-Z]{3}$", "u");

function validate109(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern18.test(data0)){
vErrors = add(vErrors, instancePath+"/currency", "pattern", {pattern: "^[A-Z]{3}$"});
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
validate109.errors = vErrors;
return errors === 0;
}


function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "name"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((((key0 === "name") || (key0 === "displayName")) || (key0 === "contextWindow")) || (key0 === "maxOutputTokens")) || (key0 === "input")) || (key0 === "thinking")) || (key0 === "digest")) || (key0 === "prices"))){
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
vErrors = add(vErrors, instancePath+"/name", "pattern", {pattern: "^[^\\s\\p{Cc}\\p{Cf}]+$"});
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
if(data.contextWindow !== undefined && func0.call(data, "contextWindow")){
let data2 = data.contextWindow;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = add(vErrors, instancePath+"/contextWindow", "type", {type: "integer"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100000000 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/contextWindow", "maximum", {comparison: "<=", limit: 100000000});
errors++;
}
if(data2 < 1 || isNaN(data2)){
vErrors = add(vErrors, instancePath+"/contextWindow", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.maxOutputTokens !== undefined && func0.call(data, "maxOutputTokens")){
let data3 = data.maxOutputTokens;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "type", {type: "integer"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 10000000 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "maximum", {comparison: "<=", limit: 10000000});
errors++;
}
if(data3 < 1 || isNaN(data3)){
vErrors = add(vErrors, instancePath+"/maxOutputTokens", "minimum", {comparison: ">=", limit: 1});
errors++;
}
}
}
if(data.input !== undefined && func0.call(data, "input")){
let data4 = data.input;
if(Array.isArray(data4)){
if(data4.length > 8){
vErrors = add(vErrors, instancePath+"/input", "maxItems", {limit: 8});
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
vErrors = add(vErrors, instancePath+"/input/" + i0, "type", {type: "string"});
errors++;
}
if(!(((((data5 === "text") || (data5 === "image")) || (data5 === "audio")) || (data5 === "video")) || (data5 === "document"))){
vErrors = add(vErrors, instancePath+"/input/" + i0, "enum", {allowedValues: schema36.properties.input.items.enum});
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
if(data.digest !== undefined && func0.call(data, "digest")){
if(!(validate107(data.digest, {instancePath:instancePath+"/digest",parentData:data,parentDataProperty:"digest",rootData}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
if(data.prices !== undefined && func0.call(data, "prices")){
if(!(validate109(data.prices, {instancePath:instancePath+"/prices",parentData:data,parentDataProperty:"prices",rootData}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
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

const schema39 = {"type":"string","enum":["public","internal","confidential","restricted"]};

function validate112(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
if(!((((data === "public") || (data === "internal")) || (data === "confidential")) || (data === "restricted"))){
vErrors = add(vErrors, instancePath, "enum", {allowedValues: schema39.enum});
errors++;
}
validate112.errors = vErrors;
return errors === 0;
}


function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.type === undefined) || (!(func0.call(data, "type")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "type"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema28.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
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
vErrors = add(vErrors, instancePath+"/type", "enum", {allowedValues: schema28.properties.type.enum});
errors++;
}
}
if(data.endpoint !== undefined && func0.call(data, "endpoint")){
if(!(validate78(data.endpoint, {instancePath:instancePath+"/endpoint",parentData:data,parentDataProperty:"endpoint",rootData}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined && func0.call(data, "headers")){
if(!(validate80(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.credentials !== undefined && func0.call(data, "credentials")){
if(!(validate86(data.credentials, {instancePath:instancePath+"/credentials",parentData:data,parentDataProperty:"credentials",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined && func0.call(data, "timeout")){
if(!(validate36(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.limits !== undefined && func0.call(data, "limits")){
if(!(validate99(data.limits, {instancePath:instancePath+"/limits",parentData:data,parentDataProperty:"limits",rootData}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined && func0.call(data, "retries")){
if(!(validate103(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.models !== undefined && func0.call(data, "models")){
let data8 = data.models;
if(Array.isArray(data8)){
if(data8.length > 1000){
vErrors = add(vErrors, instancePath+"/models", "maxItems", {limit: 1000});
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(!(validate106(data8[i0], {instancePath:instancePath+"/models/" + i0,parentData:data8,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
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
if(!(validate112(data.dataClass, {instancePath:instancePath+"/dataClass",parentData:data,parentDataProperty:"dataClass",rootData}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate76.errors = vErrors;
return errors === 0;
}


function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate23(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate76(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
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

export const Project = validate115;
const schema41 = {"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"#/$defs/common_description"},"sources":{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"$ref":"#/$defs/common_path"}},"target":{"$ref":"#/$defs/project_target"},"environments":{"type":"object","minProperties":1,"maxProperties":256,"propertyNames":{"$ref":"#/$defs/common_name"},"additionalProperties":{"$ref":"#/$defs/project_environment"}},"unmanaged":{"type":"string","enum":["refuse","ephemeral","keep"]},"drift":{"$ref":"#/$defs/project_drift"},"moved":{"type":"array","maxItems":10000,"items":{"$ref":"#/$defs/project_move"}},"policies":{"$ref":"#/$defs/project_policies"},"trust":{"$ref":"#/$defs/project_trust"},"verification":{"$ref":"#/$defs/project_verification"},"approvals":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/project_approval"}},"secrets":{"$ref":"#/$defs/project_secrets"},"windows":{"type":"array","maxItems":64,"items":{"$ref":"#/$defs/project_window"}},"limits":{"$ref":"#/$defs/project_limits"},"protection":{"type":"array","maxItems":10000,"uniqueItems":true,"items":{"$ref":"#/$defs/common_addressPattern"}}}};
const schema42 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"type":"string","enum":["embedded","gateway","openclaw"]},"url":{"type":"string","format":"uri","maxLength":2048,"pattern":"^(https?|wss?)://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?$"},"credentials":{"$ref":"#/$defs/common_secretRef"},"recipient":{"$ref":"#/$defs/common_ageRecipient"},"state":{"$ref":"#/$defs/common_path"},"applyTimeout":{"$ref":"#/$defs/common_duration"}}};
const pattern19 = new RegExp("^(https?|wss?)://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?$", "u");
const pattern20 = new RegExp("^age1([02-9ac-hj-np-z]{58}|pq1[02-9ac-hj-np-z]{1900,2080})$", "u");

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 2100){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 2100});
errors++;
}
if(!pattern20.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^age1([02-9ac-hj-np-z]{58}|pq1[02-9ac-hj-np-z]{1900,2080})$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate122.errors = vErrors;
return errors === 0;
}


function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.type === undefined) || (!(func0.call(data, "type")))){
vErrors = add(vErrors, instancePath, "required", {missingProperty: "type"});
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "type") || (key0 === "url")) || (key0 === "credentials")) || (key0 === "recipient")) || (key0 === "state")) || (key0 === "applyTimeout"))){
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
vErrors = add(vErrors, instancePath+"/type", "enum", {allowedValues: schema42.properties.type.enum});
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
if(!pattern19.test(data1)){
vErrors = add(vErrors, instancePath+"/url", "pattern", {pattern: "^(https?|wss?)://[^/?#@\\s\\\\]+(/[^?#\\s\\\\]*)?$"});
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
if(!(validate86(data.credentials, {instancePath:instancePath+"/credentials",parentData:data,parentDataProperty:"credentials",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.recipient !== undefined && func0.call(data, "recipient")){
if(!(validate122(data.recipient, {instancePath:instancePath+"/recipient",parentData:data,parentDataProperty:"recipient",rootData}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
if(data.state !== undefined && func0.call(data, "state")){
if(!(validate31(data.state, {instancePath:instancePath+"/state",parentData:data,parentDataProperty:"state",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.applyTimeout !== undefined && func0.call(data, "applyTimeout")){
if(!(validate36(data.applyTimeout, {instancePath:instancePath+"/applyTimeout",parentData:data,parentDataProperty:"applyTimeout",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
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

const pattern21 = new RegExp("^(\\*|[A-Z][A-Za-z0-9]{0,62})/(\\*|[a-z0-9][-a-z0-9]{0,62}\\*?)$", "u");

function validate132(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 127){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 127});
errors++;
}
if(!pattern21.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^(\\*|[A-Z][A-Za-z0-9]{0,62})/(\\*|[a-z0-9][-a-z0-9]{0,62}\\*?)$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate132.errors = vErrors;
return errors === 0;
}


function validate128(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.target !== undefined && func0.call(data, "target")){
if(!(validate120(data.target, {instancePath:instancePath+"/target",parentData:data,parentDataProperty:"target",rootData}))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
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
if(!(validate31(data2[i0], {instancePath:instancePath+"/overlays/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func32(data2[i1], data2[j0])){
vErrors = add(vErrors, instancePath+"/overlays", "uniqueItems", {i: i1, j: j0});
errors++;
break outer0;
}
}
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
if(!(validate132(data4[i2], {instancePath:instancePath+"/include/" + i2,parentData:data4,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
let i3 = data4.length;
let j1;
if(i3 > 1){
outer1:
for(;i3--;){
for(j1 = i3; j1--;){
if(func32(data4[i3], data4[j1])){
vErrors = add(vErrors, instancePath+"/include", "uniqueItems", {i: i3, j: j1});
errors++;
break outer1;
}
}
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
if(!(validate132(data6[i4], {instancePath:instancePath+"/exclude/" + i4,parentData:data6,parentDataProperty:i4,rootData}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
let i5 = data6.length;
let j2;
if(i5 > 1){
outer2:
for(;i5--;){
for(j2 = i5; j2--;){
if(func32(data6[i5], data6[j2])){
vErrors = add(vErrors, instancePath+"/exclude", "uniqueItems", {i: i5, j: j2});
errors++;
break outer2;
}
}
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
validate128.errors = vErrors;
return errors === 0;
}

const schema46 = {"type":"object","additionalProperties":false,"properties":{"mode":{"type":"string","enum":["correct","report","ignore"]}}};

function validate136(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema46.properties.mode.enum});
errors++;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate136.errors = vErrors;
return errors === 0;
}

const pattern22 = new RegExp("^[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");

function validate139(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func54(data) > 127){
vErrors = add(vErrors, instancePath, "maxLength", {limit: 127});
errors++;
}
if(!pattern22.test(data)){
vErrors = add(vErrors, instancePath, "pattern", {pattern: "^[A-Z][A-Za-z0-9]{0,62}/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "string"});
errors++;
}
validate139.errors = vErrors;
return errors === 0;
}


function validate138(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate139(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData}))){
vErrors = vErrors === null ? validate139.errors : vErrors.concat(validate139.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined && func0.call(data, "to")){
if(!(validate139(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData}))){
vErrors = vErrors === null ? validate139.errors : vErrors.concat(validate139.errors);
errors = vErrors.length;
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

const schema49 = {"type":"object","additionalProperties":false,"properties":{"rules":{"type":"object","maxProperties":1000,"propertyNames":{"type":"string","maxLength":190,"pattern":"^[a-z0-9][-a-z0-9]*\\.[a-z0-9][-a-z0-9_]*$"},"additionalProperties":{"type":"string","enum":["enforce","warn","audit","off"]}}}};
const pattern23 = new RegExp("^[a-z0-9][-a-z0-9]*\\.[a-z0-9][-a-z0-9_]*$", "u");

function validate143(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern23.test(key1)){
vErrors = add(vErrors, instancePath+"/rules", "pattern", {pattern: "^[a-z0-9][-a-z0-9]*\\.[a-z0-9][-a-z0-9_]*$"}, key1);
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
vErrors = add(vErrors, instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "enum", {allowedValues: schema49.properties.rules.additionalProperties.enum});
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
validate143.errors = vErrors;
return errors === 0;
}


function validate148(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
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
validate148.errors = vErrors;
return errors === 0;
}


function validate145(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "root") || (key0 === "allowedSigners")) || (key0 === "plugins"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.root !== undefined && func0.call(data, "root")){
if(!(validate40(data.root, {instancePath:instancePath+"/root",parentData:data,parentDataProperty:"root",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.allowedSigners !== undefined && func0.call(data, "allowedSigners")){
if(!(validate40(data.allowedSigners, {instancePath:instancePath+"/allowedSigners",parentData:data,parentDataProperty:"allowedSigners",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.plugins !== undefined && func0.call(data, "plugins")){
let data2 = data.plugins;
if(Array.isArray(data2)){
if(data2.length > 256){
vErrors = add(vErrors, instancePath+"/plugins", "maxItems", {limit: 256});
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate148(data2[i0], {instancePath:instancePath+"/plugins/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
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
validate145.errors = vErrors;
return errors === 0;
}

const schema52 = {"type":"object","additionalProperties":false,"properties":{"commits":{"type":"string","enum":["off","warn","require"]},"policies":{"type":"string","enum":["rebuild","attested","locked"]}}};

function validate152(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath+"/commits", "enum", {allowedValues: schema52.properties.commits.enum});
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
vErrors = add(vErrors, instancePath+"/policies", "enum", {allowedValues: schema52.properties.policies.enum});
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

const schema53 = {"type":"object","additionalProperties":false,"required":["when","people"],"properties":{"when":{"type":"string","enum":["changes","widening","deletes","trust"]},"count":{"type":"integer","minimum":1,"maximum":16},"people":{"type":"array","minItems":1,"maxItems":64,"uniqueItems":true,"items":{"$ref":"#/$defs/common_name"}}}};

function validate154(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!((((data0 === "changes") || (data0 === "widening")) || (data0 === "deletes")) || (data0 === "trust"))){
vErrors = add(vErrors, instancePath+"/when", "enum", {allowedValues: schema53.properties.when.enum});
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
if(!(validate24(data2[i0], {instancePath:instancePath+"/people/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func32(data2[i1], data2[j0])){
vErrors = add(vErrors, instancePath+"/people", "uniqueItems", {i: i1, j: j0});
errors++;
break outer0;
}
}
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
validate154.errors = vErrors;
return errors === 0;
}

const pattern24 = new RegExp("^[-a-z0-9*]+(#[-A-Za-z0-9_.*]+)?$", "u");

function validate158(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!pattern24.test(data0)){
vErrors = add(vErrors, instancePath+"/path", "pattern", {pattern: "^[-a-z0-9*]+(#[-A-Za-z0-9_.*]+)?$"});
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
if(!(validate122(data1[i0], {instancePath:instancePath+"/recipients/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func32(data1[i1], data1[j0])){
vErrors = add(vErrors, instancePath+"/recipients", "uniqueItems", {i: i1, j: j0});
errors++;
break outer0;
}
}
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
validate158.errors = vErrors;
return errors === 0;
}


function validate157(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate158(data0[i0], {instancePath:instancePath+"/rules/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate158.errors : vErrors.concat(validate158.errors);
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
validate157.errors = vErrors;
return errors === 0;
}

const schema56 = {"type":"object","additionalProperties":false,"required":["name","mode"],"properties":{"name":{"$ref":"#/$defs/common_name"},"mode":{"type":"string","enum":["allow","deny"]},"days":{"type":"array","minItems":1,"maxItems":7,"uniqueItems":true,"items":{"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]}},"from":{"type":"string","maxLength":5,"pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"},"to":{"type":"string","maxLength":5,"pattern":"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},"timezone":{"type":"string","maxLength":64,"pattern":"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"}}};
const pattern25 = new RegExp("^([01][0-9]|2[0-3]):[0-5][0-9]$", "u");
const pattern26 = new RegExp("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "u");
const pattern27 = new RegExp("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$", "u");

function validate162(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
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
vErrors = add(vErrors, instancePath+"/mode", "enum", {allowedValues: schema56.properties.mode.enum});
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
vErrors = add(vErrors, instancePath+"/days/" + i0, "enum", {allowedValues: schema56.properties.days.items.enum});
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
if(!pattern25.test(data4)){
vErrors = add(vErrors, instancePath+"/from", "pattern", {pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"});
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
if(!pattern26.test(data5)){
vErrors = add(vErrors, instancePath+"/to", "pattern", {pattern: "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"});
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
if(!pattern27.test(data6)){
vErrors = add(vErrors, instancePath+"/timezone", "pattern", {pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"});
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
validate162.errors = vErrors;
return errors === 0;
}


function validate166(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
validate166.errors = vErrors;
return errors === 0;
}


function validate165(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate166(data.deletes, {instancePath:instancePath+"/deletes",parentData:data,parentDataProperty:"deletes",rootData}))){
vErrors = vErrors === null ? validate166.errors : vErrors.concat(validate166.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate165.errors = vErrors;
return errors === 0;
}


function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema41.properties, key0))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
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
if(!(validate31(data1[i0], {instancePath:instancePath+"/sources/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func32(data1[i1], data1[j0])){
vErrors = add(vErrors, instancePath+"/sources", "uniqueItems", {i: i1, j: j0});
errors++;
break outer0;
}
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/sources", "type", {type: "array"});
errors++;
}
}
if(data.target !== undefined && func0.call(data, "target")){
if(!(validate120(data.target, {instancePath:instancePath+"/target",parentData:data,parentDataProperty:"target",rootData}))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
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
const _errs9 = errors;
if(!(validate24(key1, {instancePath:instancePath+"/environments",parentData:data4,parentDataProperty:"environments",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
var valid4 = _errs9 === errors;
if(!valid4){
vErrors = add(vErrors, instancePath+"/environments", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data4)){
if(!(validate128(data4[key2], {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate128.errors : vErrors.concat(validate128.errors);
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
vErrors = add(vErrors, instancePath+"/unmanaged", "enum", {allowedValues: schema41.properties.unmanaged.enum});
errors++;
}
}
if(data.drift !== undefined && func0.call(data, "drift")){
if(!(validate136(data.drift, {instancePath:instancePath+"/drift",parentData:data,parentDataProperty:"drift",rootData}))){
vErrors = vErrors === null ? validate136.errors : vErrors.concat(validate136.errors);
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
if(!(validate138(data8[i2], {instancePath:instancePath+"/moved/" + i2,parentData:data8,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate138.errors : vErrors.concat(validate138.errors);
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
if(!(validate143(data.policies, {instancePath:instancePath+"/policies",parentData:data,parentDataProperty:"policies",rootData}))){
vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
errors = vErrors.length;
}
}
if(data.trust !== undefined && func0.call(data, "trust")){
if(!(validate145(data.trust, {instancePath:instancePath+"/trust",parentData:data,parentDataProperty:"trust",rootData}))){
vErrors = vErrors === null ? validate145.errors : vErrors.concat(validate145.errors);
errors = vErrors.length;
}
}
if(data.verification !== undefined && func0.call(data, "verification")){
if(!(validate152(data.verification, {instancePath:instancePath+"/verification",parentData:data,parentDataProperty:"verification",rootData}))){
vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors);
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
if(!(validate154(data13[i3], {instancePath:instancePath+"/approvals/" + i3,parentData:data13,parentDataProperty:i3,rootData}))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
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
if(!(validate157(data.secrets, {instancePath:instancePath+"/secrets",parentData:data,parentDataProperty:"secrets",rootData}))){
vErrors = vErrors === null ? validate157.errors : vErrors.concat(validate157.errors);
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
if(!(validate162(data16[i4], {instancePath:instancePath+"/windows/" + i4,parentData:data16,parentDataProperty:i4,rootData}))){
vErrors = vErrors === null ? validate162.errors : vErrors.concat(validate162.errors);
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
if(!(validate165(data.limits, {instancePath:instancePath+"/limits",parentData:data,parentDataProperty:"limits",rootData}))){
vErrors = vErrors === null ? validate165.errors : vErrors.concat(validate165.errors);
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
if(!(validate132(data19[i5], {instancePath:instancePath+"/protection/" + i5,parentData:data19,parentDataProperty:i5,rootData}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
let i6 = data19.length;
let j1;
if(i6 > 1){
outer1:
for(;i6--;){
for(j1 = i6; j1--;){
if(func32(data19[i6], data19[j1])){
vErrors = add(vErrors, instancePath+"/protection", "uniqueItems", {i: i6, j: j1});
errors++;
break outer1;
}
}
}
}
}
else {
vErrors = add(vErrors, instancePath+"/protection", "type", {type: "array"});
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


function validate115(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate23(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate117(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate115.errors = vErrors;
return errors === 0;
}

export const Secret = validate171;

function validate177(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate122(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func32(data[i1], data[j0])){
vErrors = add(vErrors, instancePath, "uniqueItems", {i: i1, j: j0});
errors++;
break outer0;
}
}
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "array"});
errors++;
}
validate177.errors = vErrors;
return errors === 0;
}

const pattern28 = new RegExp("^-----BEGIN AGE ENCRYPTED FILE-----\\r?\\n[A-Za-z0-9+/=\\r\\n]+-----END AGE ENCRYPTED FILE-----\\s*$", "u");
const pattern29 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");

function validate176(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!((key1 === "recipients") || (key1 === "envelope"))){
vErrors = add(vErrors, instancePath+"/age", "additionalProperties", {additionalProperty: key1});
errors++;
}
}
if(data0.recipients !== undefined && func0.call(data0, "recipients")){
if(!(validate177(data0.recipients, {instancePath:instancePath+"/age/recipients",parentData:data0,parentDataProperty:"recipients",rootData}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
errors = vErrors.length;
}
}
if(data0.envelope !== undefined && func0.call(data0, "envelope")){
let data2 = data0.envelope;
if(typeof data2 === "string"){
if(func54(data2) > 2097152){
vErrors = add(vErrors, instancePath+"/age/envelope", "maxLength", {limit: 2097152});
errors++;
}
if(func54(data2) < 1){
vErrors = add(vErrors, instancePath+"/age/envelope", "minLength", {limit: 1});
errors++;
}
if(!pattern28.test(data2)){
vErrors = add(vErrors, instancePath+"/age/envelope", "pattern", {pattern: "^-----BEGIN AGE ENCRYPTED FILE-----\\r?\\n[A-Za-z0-9+/=\\r\\n]+-----END AGE ENCRYPTED FILE-----\\s*$"});
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
let data3 = data.file;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if((data3.path === undefined) || (!(func0.call(data3, "path")))){
vErrors = add(vErrors, instancePath+"/file", "required", {missingProperty: "path"});
errors++;
}
for(const key2 of Object.keys(data3)){
if(!((key2 === "path") || (key2 === "recipients"))){
vErrors = add(vErrors, instancePath+"/file", "additionalProperties", {additionalProperty: key2});
errors++;
}
}
if(data3.path !== undefined && func0.call(data3, "path")){
if(!(validate31(data3.path, {instancePath:instancePath+"/file/path",parentData:data3,parentDataProperty:"path",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data3.recipients !== undefined && func0.call(data3, "recipients")){
if(!(validate177(data3.recipients, {instancePath:instancePath+"/file/recipients",parentData:data3,parentDataProperty:"recipients",rootData}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
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
let data6 = data.env;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if((data6.name === undefined) || (!(func0.call(data6, "name")))){
vErrors = add(vErrors, instancePath+"/env", "required", {missingProperty: "name"});
errors++;
}
for(const key3 of Object.keys(data6)){
if(!(key3 === "name")){
vErrors = add(vErrors, instancePath+"/env", "additionalProperties", {additionalProperty: key3});
errors++;
}
}
if(data6.name !== undefined && func0.call(data6, "name")){
let data7 = data6.name;
if(typeof data7 === "string"){
if(func54(data7) > 256){
vErrors = add(vErrors, instancePath+"/env/name", "maxLength", {limit: 256});
errors++;
}
if(func54(data7) < 1){
vErrors = add(vErrors, instancePath+"/env/name", "minLength", {limit: 1});
errors++;
}
if(!pattern29.test(data7)){
vErrors = add(vErrors, instancePath+"/env/name", "pattern", {pattern: "^[A-Za-z_][A-Za-z0-9_]*$"});
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
let data8 = data.pending;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key4 of Object.keys(data8)){
if(!((key4 === "instruction") || (key4 === "source"))){
vErrors = add(vErrors, instancePath+"/pending", "additionalProperties", {additionalProperty: key4});
errors++;
}
}
if(data8.instruction !== undefined && func0.call(data8, "instruction")){
let data9 = data8.instruction;
if(typeof data9 === "string"){
if(func54(data9) > 1024){
vErrors = add(vErrors, instancePath+"/pending/instruction", "maxLength", {limit: 1024});
errors++;
}
}
else {
vErrors = add(vErrors, instancePath+"/pending/instruction", "type", {type: "string"});
errors++;
}
}
if(data8.source !== undefined && func0.call(data8, "source")){
let data10 = data8.source;
if(typeof data10 === "string"){
if(func54(data10) > 1024){
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
validate176.errors = vErrors;
return errors === 0;
}


function validate173(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
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
if(!(validate83(key1, {instancePath:instancePath+"/values",parentData:data1,parentDataProperty:"values",rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
vErrors = add(vErrors, instancePath+"/values", "propertyNames", {propertyName: key1});
errors++;
}
}
for(const key2 of Object.keys(data1)){
if(!(validate176(data1[key2], {instancePath:instancePath+"/values/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data1,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate176.errors : vErrors.concat(validate176.errors);
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
if(!(validate36(data3.every, {instancePath:instancePath+"/rotation/every",parentData:data3,parentDataProperty:"every",rootData}))){
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
validate173.errors = vErrors;
return errors === 0;
}


function validate171(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate23(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate173(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
vErrors = vErrors === null ? validate173.errors : vErrors.concat(validate173.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate171.errors = vErrors;
return errors === 0;
}

export const Skill = validate185;
const schema64 = {"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"#/$defs/common_description"},"prompt":{"$ref":"#/$defs/common_fileText"},"load":{"type":"string","enum":["always","on-demand"]},"files":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/skill_file"}},"version":{"type":"string","minLength":1,"maxLength":64},"homepage":{"$ref":"#/$defs/common_httpUrl"},"requires":{"$ref":"#/$defs/skill_requires"}}};

function validate190(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate31(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.content !== undefined && func0.call(data, "content")){
if(!(validate40(data.content, {instancePath:instancePath+"/content",parentData:data,parentDataProperty:"content",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate190.errors = vErrors;
return errors === 0;
}

const pattern31 = new RegExp("^[^\\s/\\p{Cc}\\p{Cf}]+$", "u");

function validate195(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
vErrors = add(vErrors, instancePath+"/tools/" + i0, "pattern", {pattern: "^[^\\s\\p{Cc}\\p{Cf}]+$"});
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
if(!pattern31.test(data3)){
vErrors = add(vErrors, instancePath+"/commands/" + i2, "pattern", {pattern: "^[^\\s/\\p{Cc}\\p{Cf}]+$"});
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
validate195.errors = vErrors;
return errors === 0;
}


function validate187(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "description") || (key0 === "prompt")) || (key0 === "load")) || (key0 === "files")) || (key0 === "version")) || (key0 === "homepage")) || (key0 === "requires"))){
vErrors = add(vErrors, instancePath, "additionalProperties", {additionalProperty: key0});
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined && func0.call(data, "prompt")){
if(!(validate40(data.prompt, {instancePath:instancePath+"/prompt",parentData:data,parentDataProperty:"prompt",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.load !== undefined && func0.call(data, "load")){
let data2 = data.load;
if(typeof data2 !== "string"){
vErrors = add(vErrors, instancePath+"/load", "type", {type: "string"});
errors++;
}
if(!((data2 === "always") || (data2 === "on-demand"))){
vErrors = add(vErrors, instancePath+"/load", "enum", {allowedValues: schema64.properties.load.enum});
errors++;
}
}
if(data.files !== undefined && func0.call(data, "files")){
let data3 = data.files;
if(Array.isArray(data3)){
if(data3.length > 1000){
vErrors = add(vErrors, instancePath+"/files", "maxItems", {limit: 1000});
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate190(data3[i0], {instancePath:instancePath+"/files/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
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
let data5 = data.version;
if(typeof data5 === "string"){
if(func54(data5) > 64){
vErrors = add(vErrors, instancePath+"/version", "maxLength", {limit: 64});
errors++;
}
if(func54(data5) < 1){
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
if(!(validate78(data.homepage, {instancePath:instancePath+"/homepage",parentData:data,parentDataProperty:"homepage",rootData}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.requires !== undefined && func0.call(data, "requires")){
if(!(validate195(data.requires, {instancePath:instancePath+"/requires",parentData:data,parentDataProperty:"requires",rootData}))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate187.errors = vErrors;
return errors === 0;
}


function validate185(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(validate23(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined && func0.call(data, "spec")){
if(!(validate187(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
vErrors = vErrors === null ? validate187.errors : vErrors.concat(validate187.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, instancePath, "type", {type: "object"});
errors++;
}
validate185.errors = vErrors;
return errors === 0;
}

