import { Injectable } from '@nestjs/common';
import type { AppUser } from './app-user.entity.js';
import type { AskPasswordLink, ChangePassword, Done, SetPassword, SignIn } from './auth.dto.js';
import { Auth } from './auth.js';
import { AuthBridge, type Exchange } from './auth-bridge.js';
import { UsersQueries } from './users.queries.js';

/** Signing in and out and the person's own password, by better-auth. */
@Injectable()
export class SignInService {
  constructor(
    private readonly bridge: AuthBridge,
    private readonly auth: Auth,
    private readonly users: UsersQueries,
  ) {}

  async signIn({ email, password, rememberMe }: SignIn, exchange: Exchange): Promise<AppUser> {
    const body = { email, password, rememberMe: rememberMe ?? true };
    const { user } = await this.bridge.post<{ user: { id: string } }>('/sign-in/email', body, exchange);
    return this.users.get(user.id);
  }

  async signOut(exchange: Exchange): Promise<Done> {
    await this.bridge.post('/sign-out', {}, exchange);
    return { ok: true };
  }

  async changePassword(input: ChangePassword, exchange: Exchange): Promise<Done> {
    const body = { ...input, revokeOtherSessions: true };
    const { user } = await this.bridge.post<{ user: { id: string } }>('/change-password', body, exchange);
    await this.auth.noteNewPassword(user.id);
    return { ok: true };
  }

  /** The answer is the same whether there is such an account or not. */
  async askPasswordLink({ email }: AskPasswordLink, exchange: Exchange): Promise<Done> {
    await this.bridge.post('/request-password-reset', { email: email.toLowerCase() }, exchange);
    return { ok: true };
  }

  async setPassword(input: SetPassword, exchange: Exchange): Promise<Done> {
    await this.bridge.post('/reset-password', input, exchange);
    return { ok: true };
  }
}
