import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { BrokenPage, NotFoundPage, Pending, Root } from './root';
import { admit, Shell } from './shell';

/** Filters live in the address as plain words, so that a link shares the view. */
export type Filters = Record<string, string | undefined>;
const filters = (search: Record<string, unknown>): Filters =>
  Object.fromEntries(
    Object.entries(search).map(([key, value]) => [key, value === undefined ? undefined : String(value)]),
  );

const root = createRootRoute({ component: Root });
const at = <P extends string>(path: P) => ({ getParentRoute: () => root, path });

const signIn = createRoute({
  ...at('/sign-in'),
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('../features/identity/sign-in-page'), 'SignInPage'),
});
const forgotPassword = createRoute({
  ...at('/forgot-password'),
  component: lazyRouteComponent(
    () => import('../features/identity/forgot-password-page'),
    'ForgotPasswordPage',
  ),
});
const setPassword = createRoute({
  ...at('/set-password'),
  component: lazyRouteComponent(() => import('../features/identity/set-password-page'), 'SetPasswordPage'),
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', beforeLoad: admit, component: Shell });
const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path });
const list = <P extends string>(path: P) => ({ ...page(path), validateSearch: filters });

const pages = [
  createRoute({
    ...page('/change-password'),
    component: lazyRouteComponent(
      () => import('../features/identity/change-password-page'),
      'ChangePasswordPage',
    ),
  }),
  createRoute({
    ...page('/account'),
    component: lazyRouteComponent(() => import('../features/identity/account-page'), 'AccountPage'),
  }),
  createRoute({
    ...page('/first-steps'),
    component: lazyRouteComponent(() => import('../features/admin/first-steps-page'), 'FirstStepsPage'),
  }),
  createRoute({
    ...list('/'),
    component: lazyRouteComponent(() => import('../features/desk/today-page'), 'TodayPage'),
  }),
  createRoute({ ...page('/reminders'), component: () => <Navigate to="/" replace /> }),
  createRoute({
    ...list('/pipeline'),
    component: lazyRouteComponent(() => import('../features/leads/pipeline-page'), 'PipelinePage'),
  }),
  createRoute({
    ...page('/leads/$leadId'),
    component: lazyRouteComponent(() => import('../features/desk/lead-page'), 'LeadPage'),
  }),
  createRoute({
    ...list('/firms'),
    component: lazyRouteComponent(() => import('../features/directory/firms-page'), 'FirmsPage'),
  }),
  createRoute({
    ...page('/firms/$firmId'),
    component: lazyRouteComponent(() => import('../features/directory/firm-page'), 'FirmPage'),
  }),
  createRoute({
    ...list('/clusters'),
    component: lazyRouteComponent(() => import('../features/directory/clusters-page'), 'ClustersPage'),
  }),
  createRoute({
    ...page('/clusters/$clusterId'),
    component: lazyRouteComponent(() => import('../features/directory/cluster-page'), 'ClusterPage'),
  }),
  createRoute({
    ...list('/rounds'),
    component: lazyRouteComponent(() => import('../features/promotion/rounds-page'), 'RoundsPage'),
  }),
  createRoute({
    ...list('/rounds/$roundId'),
    component: lazyRouteComponent(() => import('../features/promotion/round-page'), 'RoundPage'),
  }),
  createRoute({
    ...page('/rounds/$roundId/close'),
    component: lazyRouteComponent(() => import('../features/promotion/close-round-page'), 'CloseRoundPage'),
  }),
  createRoute({
    ...list('/inbox'),
    component: lazyRouteComponent(() => import('../features/inbox/inbox-page'), 'InboxPage'),
  }),
  createRoute({
    ...page('/inbox/$mailId'),
    component: lazyRouteComponent(() => import('../features/inbox/inbound-mail-page'), 'InboundMailPage'),
  }),
  createRoute({
    ...list('/messages'),
    component: lazyRouteComponent(() => import('../features/messaging/messages-page'), 'MessagesPage'),
  }),
  createRoute({
    ...page('/messages/$messageId'),
    component: lazyRouteComponent(() => import('../features/messaging/message-page'), 'MessagePage'),
  }),
  createRoute({
    ...page('/plans'),
    component: lazyRouteComponent(() => import('../features/follow-up/plans-page'), 'PlansPage'),
  }),
  createRoute({
    ...page('/plans/$planId'),
    component: lazyRouteComponent(() => import('../features/follow-up/plan-page'), 'PlanPage'),
  }),
  createRoute({
    ...page('/templates'),
    component: lazyRouteComponent(() => import('../features/messaging/templates-page'), 'TemplatesPage'),
  }),
  createRoute({
    ...page('/templates/$templateId'),
    component: lazyRouteComponent(() => import('../features/messaging/template-page'), 'TemplatePage'),
  }),
  createRoute({
    ...list('/reports'),
    component: lazyRouteComponent(() => import('../features/reports/overview-page'), 'OverviewPage'),
  }),
  createRoute({
    ...list('/reports/$report'),
    component: lazyRouteComponent(() => import('../features/reports/report-page'), 'ReportPage'),
  }),
  createRoute({
    ...list('/admin'),
    component: lazyRouteComponent(() => import('../features/admin/admin-page'), 'AdminPage'),
  }),
] as const;

const routeTree = root.addChildren([signIn, forgotPassword, setPassword, shell.addChildren(pages)]);

/** `?stage=qualified,site_visit` stays as it is typed: no quotes, no JSON. */
const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));
const stringifySearch = (search: Record<string, unknown>): string => {
  const words = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(words.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text.replaceAll('%2C', ',')}`;
};

export const router = createRouter({
  routeTree,
  basepath: '/app',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingComponent: Pending,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
