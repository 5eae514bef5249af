// A SCIM server as the authors of scimmy suggest to build one, over an honest store in memory. It prints its URL when it is ready.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const token = process.env.SCIM_TOKEN;

// One store for each type; the unique attribute is compared without letter case.
const store = (type, unique, attributesOf) => {
  const all = new Map();
  const find = (id) => {
    const found = all.get(id);
    if (!found) throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
    return found;
  };
  const write = (resource, data) => {
    const attributes = attributesOf(JSON.parse(JSON.stringify(data)));
    const before = resource.id ? find(resource.id) : null;
    const name = attributes[unique].toLowerCase();
    for (const other of all.values()) {
      if (other.id !== resource.id && other[unique].toLowerCase() === name)
        throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} '${attributes[unique]}' is taken`);
    }
    const now = new Date().toISOString();
    const id = before?.id ?? randomUUID();
    const meta = { resourceType: type, created: before?.meta.created ?? now, lastModified: now };
    const written = { ...attributes, id, meta };
    all.set(id, written);
    return written;
  };
  const read = (resource) => {
    if (resource.id) return find(resource.id);
    return resource.filter ? resource.filter.match([...all.values()]) : [...all.values()];
  };
  return { all, find, write, read, remove: (resource) => void all.delete(find(resource.id).id) };
};

const users = store("User", "userName", ({ password, groups, ...attributes }) => attributes);
const groups = store("Group", "displayName", (attributes) => {
  for (const { value } of attributes.members ?? []) {
    if (!users.all.has(value)) throw new SCIMMY.Types.Error(400, "invalidValue", `There is no user ${value}`);
  }
  return attributes;
});

// Who is in a group is what the group says; a user shows it.
const withGroups = (user) => {
  const of = [...groups.all.values()].filter((group) => group.members?.some((member) => member.value === user.id));
  return of.length ? { ...user, groups: of.map((group) => ({ value: group.id, display: group.displayName })) } : user;
};

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .ingress((resource, data) => withGroups(users.write(resource, data)))
  .egress((resource) => {
    const found = users.read(resource);
    return Array.isArray(found) ? found.map(withGroups) : withGroups(found);
  })
  .degress((resource) => {
    users.remove(resource);
    for (const group of groups.all.values()) group.members = group.members?.filter((member) => member.value !== resource.id);
  });

SCIMMY.Resources.declare(SCIMMY.Resources.Group).ingress(groups.write).egress(groups.read).degress(groups.remove);

const app = express();
app.use("/scim/v2", new SCIMMYRouters({
  type: "bearer",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is wrong");
    return "okta";
  },
}));

const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/scim/v2`));
