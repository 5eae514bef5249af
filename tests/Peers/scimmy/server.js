// A SCIM server as the authors of scimmy suggest to build one, over an honest store in memory. It prints its URL when it is ready.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const token = process.env.SCIM_TOKEN;
const users = new Map();

const find = (id) => {
  const user = users.get(id);
  if (!user) throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
  return user;
};

const write = (resource, data) => {
  const { password, groups, ...attributes } = JSON.parse(JSON.stringify(data));
  const before = resource.id ? find(resource.id) : null;
  const name = attributes.userName.toLowerCase();
  for (const other of users.values()) {
    if (other.id !== resource.id && other.userName.toLowerCase() === name)
      throw new SCIMMY.Types.Error(409, "uniqueness", `userName '${attributes.userName}' is taken`);
  }
  const now = new Date().toISOString();
  const id = before?.id ?? randomUUID();
  const meta = { resourceType: "User", created: before?.meta.created ?? now, lastModified: now };
  const user = { ...attributes, id, meta };
  users.set(id, user);
  return user;
};

const read = (resource) => {
  if (resource.id) return find(resource.id);
  const all = [...users.values()];
  return resource.filter ? resource.filter.match(all) : all;
};

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .ingress(write)
  .egress(read)
  .degress((resource) => void users.delete(find(resource.id).id));

const app = express();
app.use("/scim/v2", new SCIMMYRouters({
  type: "bearer",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is wrong");
    return "okta";
  },
}));

const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/scim/v2`));
