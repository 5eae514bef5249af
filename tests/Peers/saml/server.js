// SAML as others make it, for comparison: reads one question a line from standard input and writes one answer a line to standard output.
// Every question brings the time with it, so that these libraries live in the same moment as the code they are compared with.
import { createInterface } from "node:readline";
import { SAML } from "@node-saml/node-saml";
import samlify from "samlify";
import samlp from "samlp";

const RealDate = Date;
let now = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length ? parts : [now]));
  }

  static now() {
    return now;
  }
};

// What the libraries print must not get between the answers.
console.log = console.info = console.warn = console.debug = console.error;

samlify.setSchemaValidator({ validate: async () => "not checked" });

const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/** One outstanding request, as node-saml keeps it. */
const cacheOf = (request) => {
  const kept = new Map(request ? [[request.id, request.issuedAt]] : []);
  return {
    saveAsync: async (key, value) => (kept.set(key, value), { value, createdAt: now }),
    getAsync: async (key) => kept.get(key) ?? null,
    removeAsync: async (key) => (kept.delete(key), key),
  };
};

const templateWith = (statement) => ({
  context: samlify.SamlLib.defaultLoginResponseTemplate.context
    .replace("{AuthnStatement}", statement)
    .replace("{AttributeStatement}", ""),
});

const samlifyIdp = (idp, options) =>
  samlify.IdentityProvider({
    entityID: idp.entityId,
    signingCert: idp.certificates[0],
    singleSignOnService: [{ Binding: redirect, Location: idp.url }, { Binding: post, Location: idp.url }],
    ...options,
  });

const samlifySp = (sp, options) =>
  samlify.ServiceProvider({ entityID: sp.entityId, assertionConsumerService: [{ Binding: post, Location: sp.acs }], ...options });

const operations = {
  async "node-saml"({ response, sp, idp, policy, request }) {
    const saml = new SAML({
      callbackUrl: sp.acs,
      issuer: sp.entityId,
      audience: sp.entityId,
      entryPoint: "https://idp.invalid/sso",
      idpIssuer: idp.entityId,
      idpCert: idp.certificates,
      wantAssertionsSigned: policy.assertionSigned,
      wantAuthnResponseSigned: policy.responseSigned,
      acceptedClockSkewMs: policy.skewMs,
      validateInResponseTo: policy.idpInitiated ? "ifPresent" : "always",
      cacheProvider: cacheOf(request),
    });
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response });
    return { nameId: profile.nameID, attributes: profile.attributes ?? {} };
  },

  async "samlify-respond"({ sp, idp, key, signed, request, nameId, oktaId = "00u1", authnInstant, context: how = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport" }) {
    const statement =
      `<saml:AuthnStatement AuthnInstant="${authnInstant ?? new Date().toISOString()}" SessionIndex="${request.id}"><saml:AuthnContext><saml:AuthnContextClassRef>`
      + `${how}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
      + `<saml:AttributeStatement><saml:Attribute Name="oktaId"><saml:AttributeValue>${oktaId}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`;
    const provider = samlifyIdp(idp, { privateKey: key, loginResponseTemplate: templateWith(statement), requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" });
    const party = samlifySp(sp, { wantAssertionsSigned: signed !== "response", wantMessageSigned: signed !== "assertion" });
    const at = new Date().toISOString();
    const later = new Date(now + 300_000).toISOString();
    const values = {
      ID: "_r" + now, AssertionID: "_a" + now, Destination: sp.acs, Audience: sp.entityId, SubjectRecipient: sp.acs, Issuer: idp.entityId, IssueInstant: at,
      StatusCode: "urn:oasis:names:tc:SAML:2.0:status:Success", ConditionsNotBefore: at, ConditionsNotOnOrAfter: later,
      SubjectConfirmationDataNotOnOrAfter: later, NameIDFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", NameID: nameId, InResponseTo: request.id,
    };
    const { context } = await provider.createLoginResponse(party, { extract: { request } }, "post", { email: nameId }, (template) => ({
      id: values.ID,
      context: samlify.SamlLib.replaceTagsByValue(template, values),
    }));
    return { response: context };
  },

  async "samlp-respond"({ sp, idp, key, signed, request, nameId, email = nameId }) {
    const user = { id: nameId, displayName: "Ada Lovelace", name: { givenName: "Ada", familyName: "Lovelace" }, emails: [{ value: email }] };
    const options = {
      issuer: idp.entityId, cert: idp.certificates[0], key, audience: sp.entityId, recipient: sp.acs, destination: sp.acs, inResponseTo: request.id,
      signAssertion: signed !== "response", signResponse: signed !== "assertion", signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256",
      sessionIndex: request.id, lifetimeInSeconds: 300,
    };
    const xml = await new Promise((resolve, reject) => samlp.getSamlResponse(options, user, (error, text) => (error ? reject(error) : resolve(text))));
    return { response: Buffer.from(xml).toString("base64") };
  },

  async "samlify-read-request"({ sp, idp, binding, query, body, octets, signed, certificate }) {
    const provider = samlifyIdp(idp, { wantAuthnRequestsSigned: signed });
    const party = samlifySp(sp, { authnRequestsSigned: signed, ...(certificate ? { signingCert: certificate } : {}), requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" });
    const { extract } = await provider.parseLoginRequest(party, binding, { query, body, octetString: octets });
    return { id: extract.request.id, acs: extract.request.assertionConsumerServiceUrl, destination: extract.request.destination, issuer: extract.issuer };
  },

  async "samlp-read-request"({ query, body, certificate, relayState }) {
    const request = { method: query ? "GET" : "POST", query: query ?? {}, body: body ?? {} };
    const options = { signingCert: certificate, relayState };
    return await new Promise((resolve, reject) =>
      samlp.parseRequest(request, options, (error, read) =>
        error ? reject(error) : resolve({
          id: read.id, acs: read.assertionConsumerServiceURL, destination: read.destination, issuer: read.issuer,
          forceAuthn: read.forceAuthn, context: read.requestedAuthnContext?.authnContextClassRef,
        })));
  },

  async "samlify-read-metadata"({ xml }) {
    const { entityMeta } = samlify.ServiceProvider({ metadata: xml });
    return {
      entityId: entityMeta.getEntityID(), acs: entityMeta.getAssertionConsumerService("post"), certificate: entityMeta.getX509Certificate("signing"),
      assertionsSigned: entityMeta.isWantAssertionsSigned(), requestsSigned: entityMeta.isAuthnRequestSigned(),
    };
  },

  async "samlify-idp-metadata"({ idp }) {
    return { xml: samlifyIdp(idp, { wantAuthnRequestsSigned: true }).getMetadata() };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  now = RealDate.parse(question.now);
  let answer;
  try {
    answer = { ok: true, ...(await operations[question.op](question)) };
  } catch (error) {
    answer = { ok: false, error: String(error?.message ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + "\n");
}
