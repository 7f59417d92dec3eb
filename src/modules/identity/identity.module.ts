import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../../platform/http/access.guard.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditController } from './audit.controller.js';
import { AuditQueries } from './audit.queries.js';
import { AuthBridge } from './auth-bridge.js';
import { AuthController } from './auth.controller.js';
import { Auth } from './auth.js';
import { FirstAdministrator } from './first-administrator.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { Passwords } from './passwords.service.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { SignInService } from './sign-in.service.js';
import { UsersController } from './users.controller.js';
import { UsersList } from './users.list.js';
import { UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';

/** Global because the platform's guard asks for the `Authenticator` without knowing this module. */
@Global()
@Module({
  controllers: [AuthController, MeController, UsersController, ApiKeysController, AuditController],
  providers: [
    Auth,
    AuthBridge,
    SignInService,
    Passwords,
    MeService,
    UsersService,
    UsersQueries,
    UsersList,
    ApiKeysService,
    AuditQueries,
    FirstAdministrator,
    { provide: Authenticator, useClass: SessionAuthenticator },
  ],
  exports: [Authenticator, UsersService, UsersQueries, Passwords],
})
export class IdentityModule {}
