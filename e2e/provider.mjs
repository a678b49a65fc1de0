// SPDX-License-Identifier: Apache-2.0
// node provider.mjs PORT ORIGIN: an OpenID Connect provider (oidc-provider) on this machine, in a process of its own. Whoever
// types a name is that person; RS256; authorisation code with PKCE.
import Provider from 'oidc-provider'

const [port, origin] = process.argv.slice(2)
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'gangmu',
      client_secret: 'a secret of the test',
      redirect_uris: [`${origin}/tutorial/sign-in`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  pkce: { required: () => true, methods: ['S256'] },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['of the test'] },
})
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'))
