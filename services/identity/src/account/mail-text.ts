import type { Language } from '@atende/service';
import type { MailKind } from './mail.ts';

interface Facts {
  name: string;
  login: string;
  /** Legal name of the organization it is about; null where it is about none. */
  organization: string | null;
  portalUrl: string;
  secret: string | null;
}
interface Letter {
  subject: string;
  lines: string[];
}

// Behind the # of a link nothing reaches a server's log.
const link = (portalUrl: string, path: string, secret: string | null): string => `${new URL(path, portalUrl).href}#token=${secret ?? ''}`;

const notYou: Record<Language, (portalUrl: string) => string[]> = {
  'pt-BR': (portalUrl) => [`Se não foi você, troque a senha em ${portalUrl} e avise o suporte.`],
  en: (portalUrl) => [`If it was not you, change the password at ${portalUrl} and tell support.`],
  es: (portalUrl) => [`Si no fue usted, cambie la contraseña en ${portalUrl} y avise al soporte.`],
};

const letters: Record<MailKind, Record<Language, (facts: Facts) => Letter>> = {
  ACTIVATION: {
    'pt-BR': ({ login, portalUrl, secret }) => ({
      subject: 'Seu acesso ao portal de atendimento',
      lines: [
        `Seu login é ${login}.`,
        'Escolha sua senha neste endereço (vale por 7 dias, uma vez):',
        link(portalUrl, '/activate', secret),
      ],
    }),
    en: ({ login, portalUrl, secret }) => ({
      subject: 'Your access to the support portal',
      lines: [
        `Your login is ${login}.`,
        'Choose your password at this address (valid for 7 days, once):',
        link(portalUrl, '/activate', secret),
      ],
    }),
    es: ({ login, portalUrl, secret }) => ({
      subject: 'Su acceso al portal de atención',
      lines: [
        `Su usuario es ${login}.`,
        'Elija su contraseña en esta dirección (vale por 7 días, una vez):',
        link(portalUrl, '/activate', secret),
      ],
    }),
  },
  PASSWORD_RESET: {
    'pt-BR': ({ portalUrl, secret }) => ({
      subject: 'Nova senha do portal de atendimento',
      lines: [
        'Para escolher outra senha (vale por 1 hora, uma vez):',
        link(portalUrl, '/reset-password', secret),
        'Se não foi você que pediu, ignore esta mensagem.',
      ],
    }),
    en: ({ portalUrl, secret }) => ({
      subject: 'A new password for the support portal',
      lines: [
        'To choose another password (valid for 1 hour, once):',
        link(portalUrl, '/reset-password', secret),
        'If you did not ask for it, ignore this message.',
      ],
    }),
    es: ({ portalUrl, secret }) => ({
      subject: 'Nueva contraseña del portal de atención',
      lines: [
        'Para elegir otra contraseña (vale por 1 hora, una vez):',
        link(portalUrl, '/reset-password', secret),
        'Si no la pidió usted, ignore este mensaje.',
      ],
    }),
  },
  PASSWORD_CHANGED: {
    'pt-BR': ({ portalUrl }) => ({
      subject: 'Sua senha foi alterada',
      lines: [
        'A senha do seu acesso ao portal de atendimento foi alterada e todas as sessões foram encerradas.',
        `Se não foi você, peça outra em ${portalUrl}.`,
      ],
    }),
    en: ({ portalUrl }) => ({
      subject: 'Your password was changed',
      lines: [
        'The password of your access to the support portal was changed and every session was ended.',
        `If it was not you, ask for another at ${portalUrl}.`,
      ],
    }),
    es: ({ portalUrl }) => ({
      subject: 'Su contraseña fue cambiada',
      lines: [
        'La contraseña de su acceso al portal de atención fue cambiada y todas las sesiones se cerraron.',
        `Si no fue usted, pida otra en ${portalUrl}.`,
      ],
    }),
  },
  SECOND_FACTOR_ON: {
    'pt-BR': ({ portalUrl }) => ({
      subject: 'Verificação em duas etapas ativada',
      lines: ['Para entrar com o seu login agora também é preciso um código do seu aplicativo.', ...notYou['pt-BR'](portalUrl)],
    }),
    en: ({ portalUrl }) => ({
      subject: 'Two-step verification is on',
      lines: ['Signing in with your login now also wants a code of your app.', ...notYou.en(portalUrl)],
    }),
    es: ({ portalUrl }) => ({
      subject: 'Verificación en dos pasos activada',
      lines: ['Para entrar con su usuario ahora también hace falta un código de su aplicación.', ...notYou.es(portalUrl)],
    }),
  },
  SECOND_FACTOR_OFF: {
    'pt-BR': ({ portalUrl }) => ({
      subject: 'Verificação em duas etapas desativada',
      lines: ['Para entrar com o seu login agora basta a senha.', ...notYou['pt-BR'](portalUrl)],
    }),
    en: ({ portalUrl }) => ({
      subject: 'Two-step verification is off',
      lines: ['The password alone is now enough to sign in with your login.', ...notYou.en(portalUrl)],
    }),
    es: ({ portalUrl }) => ({
      subject: 'Verificación en dos pasos desactivada',
      lines: ['Para entrar con su usuario ahora basta la contraseña.', ...notYou.es(portalUrl)],
    }),
  },
  API_KEY_CREATED: {
    'pt-BR': ({ portalUrl }) => ({
      subject: 'Nova chave de API',
      lines: ['Foi criada uma chave de API que age em seu nome.', ...notYou['pt-BR'](portalUrl)],
    }),
    en: ({ portalUrl }) => ({
      subject: 'A new API key',
      lines: ['An API key that acts in your name was made.', ...notYou.en(portalUrl)],
    }),
    es: ({ portalUrl }) => ({
      subject: 'Nueva clave de API',
      lines: ['Se creó una clave de API que actúa en su nombre.', ...notYou.es(portalUrl)],
    }),
  },
  ACCESS_GRANTED: {
    'pt-BR': ({ login, organization, portalUrl }) => ({
      subject: 'Um novo acesso no portal de atendimento',
      lines: [
        organization ? `Você agora também é contato de ${organization}.` : 'Você tem um novo acesso no portal de atendimento.',
        `Entre em ${portalUrl} com o login ${login} e a senha que já tem.`,
      ],
    }),
    en: ({ login, organization, portalUrl }) => ({
      subject: 'A new access to the support portal',
      lines: [
        organization ? `You are now a contact of ${organization}, too.` : 'You have a new access to the support portal.',
        `Sign in at ${portalUrl} with the login ${login} and the password you have.`,
      ],
    }),
    es: ({ login, organization, portalUrl }) => ({
      subject: 'Un nuevo acceso al portal de atención',
      lines: [
        organization ? `Usted ahora también es contacto de ${organization}.` : 'Usted tiene un nuevo acceso al portal de atención.',
        `Entre en ${portalUrl} con el usuario ${login} y la contraseña que ya tiene.`,
      ],
    }),
  },
};

const greetings: Record<Language, string> = { 'pt-BR': 'Olá', en: 'Hello', es: 'Hola' };

/** The words of a mail, in the reader's language. Plain text: nothing in it can run or load. */
export function mailText(kind: MailKind, language: Language, facts: Facts): { subject: string; body: string } {
  const { subject, lines } = letters[kind][language](facts);
  return { subject, body: [`${greetings[language]}, ${facts.name}!`, '', ...lines, ''].join('\n') };
}
