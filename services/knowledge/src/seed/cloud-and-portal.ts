import { article } from './demo-article.ts';

const cloud = { products: ['value-added/cloud'], audience: 'CLIENTS' as const };
const portal = { audience: 'PUBLIC' as const, labels: ['portal'] };

export const cloudAndPortal = [
  article(
    'vpn-ambiente-em-nuvem',
    {
      ...cloud,
      kind: 'TUTORIAL',
      modules: ['value-added/cloud/acessos-cloud'],
      title: 'Conectar à VPN do ambiente em nuvem',
      summary: 'Instalar, entrar com segundo fator e o que verificar quando conecta e nada abre.',
      labels: ['vpn', 'acesso', 'nuvem'],
    },
    `
    1. Peça ao administrador da sua empresa o **perfil de conexão**. Ele é pessoal.
    2. Instale o cliente de VPN indicado e importe o perfil.
    3. Entre com usuário, senha e o código do **segundo fator**.
    4. Abra o endereço do ambiente **pelo nome**, não pelo número.

    ## Conecta e nada abre

    - Outra VPN ligada ao mesmo tempo: desligue.
    - Rede de hotel ou celular que bloqueia a porta: teste em outra.
    - Nome que não resolve: desconecte, espere um minuto, conecte de novo.
    - Relógio do computador errado: o segundo fator deixa de valer.
    `,
  ),
  article(
    'sem-acesso-a-homologacao',
    {
      ...cloud,
      kind: 'ARTICLE',
      products: ['value-added/cloud', 'erp/rm'],
      modules: ['value-added/cloud/acessos-cloud', 'erp/rm/plataforma-rm'],
      title: 'Usuário sem acesso ao ambiente de homologação',
      summary: 'Entra na produção e recebe “acesso negado” na homologação: usuários são de cada base.',
      labels: ['acesso negado', 'homologação', 'usuário', 'permissão'],
    },
    `
    Produção e homologação têm **bases diferentes**. Um usuário criado depois da última cópia existe só na produção.

    1. Veja a data da última **cópia da base**. O usuário é mais novo? Crie-o na homologação, com o mesmo perfil.
    2. Perfil existe e o acesso é negado? Compare os **perfis** nas duas bases.
    3. Em nuvem, confira também o grupo do **terminal**: ele libera cada ambiente em separado.
    4. Senha trocada na produção não muda na homologação.

    Evite dar perfil de administrador “só para testar”: o teste deixa de valer.
    `,
  ),
  article(
    'copia-da-base-para-teste',
    {
      ...cloud,
      kind: 'TUTORIAL',
      modules: ['value-added/cloud/dados-cloud'],
      title: 'Pedir uma cópia da base de produção para teste',
      summary: 'O que informar, quanto tempo leva e o que mascarar depois.',
      labels: ['cópia', 'base', 'teste', 'homologação'],
    },
    `
    Abra um chamado em **Cloud Computing**, módulo *Banco de dados*, com:

    - base de origem e de destino;
    - **data e hora** em que o destino pode ficar fora do ar;
    - quem autoriza apagar o que está no destino;
    - se integrações e serviços agendados do destino devem ficar **desligados** (em geral, sim).

    Depois da cópia, troque os endereços de e-mail por um de teste e mascare dados pessoais. Uma base de teste com dados reais tem
    as mesmas obrigações da produção.
    `,
  ),
  article(
    'portal-abrir-chamado',
    {
      ...portal,
      kind: 'TUTORIAL',
      title: 'Abrir um chamado que se resolve na primeira resposta',
      summary: 'Mensagem completa, passos, versão e desde quando: o que evita a primeira pergunta.',
      labels: ['portal', 'chamado', 'evidência'],
    },
    `
    1. Escolha a **área de serviço** e o produto. O formulário muda com eles.
    2. Enquanto digita o assunto, veja os **artigos sugeridos**: metade das dúvidas termina ali.
    3. No incidente, diga:
       - a mensagem **inteira** do erro;
       - os passos, um por linha, até ele aparecer;
       - o que você esperava;
       - desde quando, e o que mudou nesse dia;
       - se é com todos ou com um usuário.
    4. Anexe a tela **sem cortes** e os logs.
    5. Envie. O número do chamado aparece na hora e no seu e-mail.

    Um assunto por chamado. Dois problemas no mesmo esperam um pelo outro.
    `,
  ),
  article(
    'portal-primeiro-acesso',
    {
      ...portal,
      kind: 'INFORMATION',
      title: 'Primeiro acesso ao portal, senha e segundo fator',
      summary: 'Como ativar a conta, o que a senha precisa ter e quem ajuda quando nada chega.',
      labels: ['portal', 'senha', 'acesso'],
    },
    `
    - O **administrador do portal** da sua empresa cadastra você. O e-mail é o seu login.
    - Você recebe uma mensagem com um endereço de **ativação**, que vale uma vez. Ali você escolhe a senha.
    - Prefira uma **frase** longa. Senhas que já vazaram em outros lugares são recusadas.
    - Ative o **segundo fator** no seu perfil.

    ## A mensagem não chegou

    Olhe a pasta de spam e confirme o endereço com o administrador. Pedir a senha outra vez **não revela** se a conta existe: a resposta
    é sempre a mesma.
    `,
  ),
  article(
    'portal-situacoes-do-chamado',
    {
      ...portal,
      kind: 'INFORMATION',
      title: 'O que significa cada situação do chamado',
      summary: 'De Novo a Fechado: de quem é a vez e quanto tempo o chamado espera.',
      labels: ['portal', 'situação', 'prazo'],
    },
    `
    | Situação | De quem é a vez | Quanto espera |
    |---|---|---|
    | Novo | suporte | – |
    | Em atendimento | suporte | – |
    | Pendente | **você** | 7 dias, depois vai para validação |
    | Validação cliente | **você** | 5 dias, depois fecha |
    | Resolvido | você, se quiser | 5 dias, depois fecha |
    | Fechado | – | uma resposta abre um chamado ligado a este |

    Responder em *Pendente*, *Validação cliente* ou *Resolvido* devolve o chamado ao suporte. Respostas automáticas de férias não contam.
    `,
  ),
  article(
    'portal-dados-pessoais',
    {
      ...portal,
      kind: 'TIP',
      title: 'Mascarar dados pessoais em telas e arquivos',
      summary: 'O que cobrir antes de anexar, e por que um retângulo desenhado por cima não basta em PDF.',
      labels: ['lgpd', 'privacidade', 'anexo'],
    },
    `
    Anexe só o que o atendimento precisa. Antes, cubra **CPF, rosto, endereço, conta e salário**.

    - Em **imagem**, pinte por cima e salve de novo. Desfocar pode ser desfeito.
    - Em **PDF**, um retângulo deixa o texto embaixo. Imprima como imagem.
    - Em **planilha**, apague a coluna; ocultar não apaga.
    - Em **log**, troque os números e mantenha a quantidade de dígitos.

    O formulário avisa quando encontra um CPF, CNPJ ou cartão válido no texto.
    `,
  ),
  article(
    'portal-video-visita',
    {
      ...portal,
      kind: 'VIDEO',
      title: 'Vídeo: uma visita ao portal em cinco minutos',
      summary: 'Abrir, acompanhar ao vivo, responder e avaliar um chamado.',
      labels: ['portal', 'vídeo'],
    },
    `
    [Assistir ao vídeo](https://videos.example/portal-em-cinco-minutos)

    - 0:00 entrar e escolher a empresa
    - 0:50 abrir um chamado e ver as sugestões
    - 2:10 acompanhar a situação mudar sem recarregar a página
    - 3:30 responder e anexar
    - 4:20 avaliar o atendimento
    `,
  ),
  article(
    'interno-classificar-emails',
    {
      kind: 'INFORMATION',
      audience: 'INTERNAL',
      title: 'Roteiro N1: classificar chamados que chegam por e-mail',
      summary: 'O que completar, em que ordem, e quando devolver ao cliente.',
      labels: ['n1', 'triagem', 'classificação'],
    },
    `
    1. Confirme **quem escreve**: contato ativo da organização? Se não, quarentena.
    2. Complete produto e módulo. Na dúvida entre dois módulos, o da rotina citada.
    3. Recalcule a criticidade e leia a regra que decidiu. Faturamento **parado** em produção é imediato.
    4. Procure um artigo antes de responder; se resolver, ligue-o à solução.
    5. Falta o essencial? **Uma** pergunta, com tudo o que falta.
    `,
  ),
  article(
    'interno-quando-escalar',
    {
      kind: 'TIP',
      audience: 'INTERNAL',
      title: 'Quando escalar para o N2, e com que resumo',
      summary: 'Três sinais e um modelo de resumo que evita a segunda rodada de perguntas.',
      labels: ['n2', 'escalonamento'],
    },
    `
    Escale quando o erro **se repete na nossa base**, quando exige acesso ao banco, ou depois de **dois dias** sem hipótese.

    > **Resumo**: versão e banco · passos que reproduzem · o que já foi tentado e o que aconteceu · quantos usuários · desde quando ·
    > o que o cliente espera.

    Anote no chamado o artigo que quase resolveu: é o primeiro candidato a ser melhorado.
    `,
  ),
];
