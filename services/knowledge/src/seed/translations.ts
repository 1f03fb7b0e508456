import { article } from './demo-article.ts';

const portal = { audience: 'PUBLIC' as const };
const rm = { ...portal, products: ['erp/rm'], modules: ['erp/rm/plataforma-rm'] };
const cloud = { audience: 'CLIENTS' as const, products: ['value-added/cloud'], modules: ['value-added/cloud/acessos-cloud'] };

export const english = [
  article(
    'portal-abrir-chamado.en',
    {
      ...portal,
      language: 'en',
      kind: 'TUTORIAL',
      title: 'Opening a ticket that is solved by the first answer',
      summary: 'The whole message, the steps, the version and since when: what saves the first question.',
      labels: ['portal', 'ticket', 'evidence'],
    },
    `
    1. Choose the **service area** and the product. The form follows them.
    2. Look at the **suggested articles** while you type the subject.
    3. Tell us the whole error message, the steps, what you expected, since when, and whether it happens to everybody.
    4. Attach uncropped screens and logs.

    One subject per ticket. Two problems in one ticket wait for each other.
    `,
  ),
  article(
    'portal-primeiro-acesso.en',
    {
      ...portal,
      language: 'en',
      kind: 'INFORMATION',
      title: 'First access to the portal, password and second factor',
      summary: 'How to activate your account and who helps when no message arrives.',
      labels: ['portal', 'password', 'access'],
    },
    `
    - The **portal administrator** of your company registers you. Your e-mail address is your login.
    - A message brings an **activation** address that works once. Choose your password there.
    - Prefer a long phrase, and switch on the **second factor** in your profile.

    No message? Look into the spam folder and check the address with your administrator.
    `,
  ),
  article(
    'portal-situacoes-do-chamado.en',
    {
      ...portal,
      language: 'en',
      kind: 'INFORMATION',
      title: 'What each state of a ticket means',
      summary: 'From New to Closed: whose turn it is and how long the ticket waits.',
      labels: ['portal', 'status', 'deadline'],
    },
    `
    | State | Whose turn | Waits |
    |---|---|---|
    | New, Open | support | – |
    | Pending | **you** | 7 days |
    | Customer validation | **you** | 5 days, then it closes |
    | Resolved | yours, if you like | 5 days, then it closes |

    An answer in any of the last three brings the ticket back to support.
    `,
  ),
  article(
    'rm-onde-esta-a-versao.en',
    {
      ...rm,
      language: 'en',
      kind: 'TIP',
      title: 'Where to find the version and release of RM',
      summary: 'Environment › About › More info, or the System tab.',
      labels: ['version', 'release'],
    },
    `
    1. Open **Environment › About** in the menu.
    2. Choose **More info** or the **System** tab.
    3. Copy the whole line, for example \`12.1.2410.125\`.

    Tell us the database and whether the installation is local, three-tier or in the cloud.
    `,
  ),
  article(
    'vpn-ambiente-em-nuvem.en',
    {
      ...cloud,
      language: 'en',
      kind: 'TUTORIAL',
      title: 'Connecting to the VPN of the cloud environment',
      summary: 'Install, sign in with the second factor, and what to check when it connects and nothing opens.',
      labels: ['vpn', 'access', 'cloud'],
    },
    `
    1. Ask your administrator for your personal **connection profile**.
    2. Install the VPN client and import the profile.
    3. Sign in with user, password and **second factor**.

    It connects and nothing opens? Switch off any other VPN, try another network, and check the clock of your computer.
    `,
  ),
];

export const spanish = [
  article(
    'portal-abrir-chamado.es',
    {
      ...portal,
      language: 'es',
      kind: 'TUTORIAL',
      title: 'Abrir un ticket que se resuelve con la primera respuesta',
      summary: 'El mensaje completo, los pasos, la versión y desde cuándo: lo que evita la primera pregunta.',
      labels: ['portal', 'ticket', 'evidencia'],
    },
    `
    1. Elija el **área de servicio** y el producto. El formulario cambia con ellos.
    2. Mientras escribe el asunto, mire los **artículos sugeridos**.
    3. Indique el mensaje completo, los pasos, lo que esperaba, desde cuándo y si les ocurre a todos.
    4. Adjunte pantallas sin recortar y los registros.

    Un asunto por ticket. Dos problemas en el mismo se esperan el uno al otro.
    `,
  ),
  article(
    'portal-primeiro-acesso.es',
    {
      ...portal,
      language: 'es',
      kind: 'INFORMATION',
      title: 'Primer acceso al portal, contraseña y segundo factor',
      summary: 'Cómo activar la cuenta y quién ayuda cuando no llega el mensaje.',
      labels: ['portal', 'contraseña', 'acceso'],
    },
    `
    - El **administrador del portal** de su empresa lo registra. Su correo es su usuario.
    - Un mensaje trae una dirección de **activación** que sirve una vez. Allí elige la contraseña.
    - Prefiera una frase larga y active el **segundo factor** en su perfil.

    ¿No llegó? Mire la carpeta de correo no deseado y confirme la dirección con su administrador.
    `,
  ),
  article(
    'portal-situacoes-do-chamado.es',
    {
      ...portal,
      language: 'es',
      kind: 'INFORMATION',
      title: 'Qué significa cada estado del ticket',
      summary: 'De Nuevo a Cerrado: de quién es el turno y cuánto espera.',
      labels: ['portal', 'estado', 'plazo'],
    },
    `
    | Estado | De quién es el turno | Espera |
    |---|---|---|
    | Nuevo, En atención | soporte | – |
    | Pendiente | **usted** | 7 días |
    | Validación del cliente | **usted** | 5 días, luego se cierra |
    | Resuelto | suyo, si quiere | 5 días, luego se cierra |

    Una respuesta en cualquiera de los tres últimos devuelve el ticket a soporte.
    `,
  ),
  article(
    'rm-onde-esta-a-versao.es',
    {
      ...rm,
      language: 'es',
      kind: 'TIP',
      title: 'Dónde encontrar la versión y el release de RM',
      summary: 'Ambiente › Acerca de › Más información, o la pestaña Sistema.',
      labels: ['versión', 'release'],
    },
    `
    1. En el menú, abra **Ambiente › Acerca de**.
    2. Elija **Más información** o la pestaña **Sistema**.
    3. Copie la línea completa, por ejemplo \`12.1.2410.125\`.

    Indique la base de datos y si la instalación es local, en tres capas o en la nube.
    `,
  ),
  article(
    'sem-acesso-a-homologacao.es',
    {
      ...cloud,
      language: 'es',
      kind: 'ARTICLE',
      title: 'Usuario sin acceso al ambiente de homologación',
      summary: 'Entra en producción y recibe “acceso denegado” en homologación: los usuarios son de cada base.',
      labels: ['acceso', 'homologación', 'usuario'],
    },
    `
    Producción y homologación tienen **bases diferentes**. Un usuario creado después de la última copia existe solo en producción.

    1. Mire la fecha de la última copia y cree el usuario con el mismo perfil.
    2. Compare los perfiles de las dos bases.
    3. En la nube, revise también el grupo del terminal.
    `,
  ),
];
