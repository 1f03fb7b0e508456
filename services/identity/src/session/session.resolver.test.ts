import { anonymous, demoId, gatewayViewer, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { ana, bruno, carla, startIdentity, type TestIdentity } from '../testing/identity.ts';

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) {
    accessToken refreshToken expiresAt mustChangePassword errors { code field message }
    viewer { roles permissions person { name email } contacts { name organization { code legalName } } analyst { name groups { code } } }
  }
}`;

describe('sessions', () => {
  let identity: TestIdentity;
  beforeAll(async () => {
    identity = await startIdentity();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  it('signs in', async () => {
    const answer = await identity.anybody(SIGN_IN, { email: ' ANA@acme.example ', password: DEMO_PASSWORD });
    console.log(JSON.stringify(answer, null, 1));
    expect(answer.errors).toBeUndefined();
  });
});
