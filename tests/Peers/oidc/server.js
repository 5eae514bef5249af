// An OpenID provider (oidc-provider) with one client and its development pages, on a free port. The one line that it prints is its issuer.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, SIGN_OUT_URI } = process.env;
console.warn = console.info = console.error;

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT_URI], post_logout_redirect_uris: [SIGN_OUT_URI] }],
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // Who signs in as "ann@example.com" is the user 00u-ann.
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id.replace("00u-", "")}@example.com`, email_verified: true, name: id }),
    }),
    cookies: { keys: ["for-tests-alone"] },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
