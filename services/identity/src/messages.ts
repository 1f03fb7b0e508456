import { ErrorCode, type Messages } from '@atende/service';

/** What this service says beside the house's own texts. */
export const messages: Messages = {
  [ErrorCode.INVALID_CREDENTIALS]: {
    'pt-BR': 'E-mail ou senha incorretos.',
    en: 'The e-mail or the password is wrong.',
    es: 'El correo o la contraseña son incorrectos.',
  },
  [ErrorCode.OTP_REQUIRED]: {
    'pt-BR': 'Digite o código do seu aplicativo autenticador, ou um código de recuperação.',
    en: 'Type the code of your authenticator app, or a recovery code.',
    es: 'Escriba el código de su aplicación autenticadora, o un código de recuperación.',
  },
  [ErrorCode.OTP_INVALID]: {
    'pt-BR': 'Este código está errado ou já foi usado.',
    en: 'This code is wrong or was already used.',
    es: 'Este código es incorrecto o ya fue usado.',
  },
  [ErrorCode.SIGN_IN_REFUSED]: {
    'pt-BR': 'Este provedor não confirmou alguém que possa entrar aqui.',
    en: 'This provider did not confirm anybody who may sign in here.',
    es: 'Este proveedor no confirmó a nadie que pueda entrar aquí.',
  },
  [ErrorCode.RATE_LIMITED]: {
    'pt-BR': 'Muitas tentativas. Tente de novo em {seconds} s.',
    en: 'Too many attempts. Try again in {seconds} s.',
    es: 'Demasiados intentos. Vuelva a intentar en {seconds} s.',
  },
  [ErrorCode.SESSION_ENDED]: {
    'pt-BR': 'Sua sessão terminou. Entre de novo.',
    en: 'Your session has ended. Sign in again.',
    es: 'Su sesión terminó. Vuelva a entrar.',
  },
  [ErrorCode.TOKEN_INVALID]: {
    'pt-BR': 'Este endereço já foi usado ou venceu. Peça outro.',
    en: 'This link was already used or has expired. Ask for another one.',
    es: 'Este enlace ya fue usado o venció. Pida otro.',
  },
  [ErrorCode.PASSWORD_TOO_WEAK]: {
    'pt-BR': 'Use ao menos {min} caracteres, sem o seu e-mail, sem sequências e fora das senhas comuns.',
    en: 'Use at least {min} characters, without your e-mail, without sequences, and not a common password.',
    es: 'Use al menos {min} caracteres, sin su correo, sin secuencias y que no sea una contraseña común.',
  },
  [ErrorCode.EMAIL_TAKEN]: {
    'pt-BR': 'Este e-mail já está em uso aqui.',
    en: 'This e-mail is already in use here.',
    es: 'Este correo ya está en uso aquí.',
  },
  [ErrorCode.CODE_TAKEN]: {
    'pt-BR': 'Este código já está em uso.',
    en: 'This code is already in use.',
    es: 'Este código ya está en uso.',
  },
  [ErrorCode.FIXED_FIELD]: {
    'pt-BR': 'Isto não muda depois de criado.',
    en: 'This does not change once it is made.',
    es: 'Esto no cambia después de creado.',
  },
  [ErrorCode.NOT_ENTITLED]: {
    'pt-BR': 'Falta o contrato para “{value}”.',
    en: 'There is no contract for “{value}”.',
    es: 'Falta el contrato para “{value}”.',
  },
  [ErrorCode.LAST_SUPERVISOR]: {
    'pt-BR': 'É preciso ao menos um supervisor ativo. Nomeie outro antes.',
    en: 'At least one active supervisor is needed. Name another one first.',
    es: 'Se necesita al menos un supervisor activo. Nombre a otro antes.',
  },
  [ErrorCode.LAST_ADMINISTRATOR]: {
    'pt-BR': 'A organização precisa de ao menos um administrador ativo. Nomeie outro antes.',
    en: 'The organization needs at least one active administrator. Name another one first.',
    es: 'La organización necesita al menos un administrador activo. Nombre a otro antes.',
  },
  [ErrorCode.NOT_AN_OPTION]: {
    'pt-BR': 'Use um destes valores: {options}.',
    en: 'Use one of these values: {options}.',
    es: 'Use uno de estos valores: {options}.',
  },
  [ErrorCode.UNKNOWN_FIELD]: {
    'pt-BR': 'Coluna desconhecida ou repetida: “{value}”.',
    en: 'Unknown or repeated column: “{value}”.',
    es: 'Columna desconocida o repetida: “{value}”.',
  },
  [ErrorCode.NOT_CSV]: {
    'pt-BR': 'Isto não é CSV com as colunas do cabeçalho.',
    en: 'This is not CSV with the columns of the header.',
    es: 'Esto no es CSV con las columnas del encabezado.',
  },
  [ErrorCode.DUPLICATE_LINE]: {
    'pt-BR': 'Este e-mail já está na linha {line}.',
    en: 'This e-mail stands already in line {line}.',
    es: 'Este correo ya está en la línea {line}.',
  },
  [ErrorCode.ORGANIZATION_REQUIRED]: {
    'pt-BR': 'Escolha a organização.',
    en: 'Choose the organization.',
    es: 'Elija la organización.',
  },
};
