import { article } from './demo-article.ts';

const products = ['erp/rm'];

export const rmBackoffice = [
  article(
    'nfe-aguardando-retorno',
    {
      kind: 'ARTICLE',
      audience: 'PUBLIC',
      products: ['erp/rm', 'erp/protheus', 'erp/datasul'],
      modules: ['erp/rm/nucleus', 'erp/protheus/sigafat'],
      title: 'NF-e não transmite e fica em “aguardando retorno”',
      summary: 'Antes de cancelar ou repetir a nota, consulte a chave: ela pode já estar autorizada na SEFAZ.',
      labels: ['nf-e', 'nfe', 'nota fiscal', 'sefaz', 'transmissão'],
    },
    `
    ## Não faça

    Não cancele nem emita a nota outra vez: se a primeira foi autorizada, a segunda volta com **duplicidade** (rejeição 204 ou 539).

    ## Faça, nesta ordem

    1. Consulte a **disponibilidade da SEFAZ** do seu estado. Fora do ar, use a contingência.
    2. Consulte a **chave** da nota. Autorizada? Peça o retorno outra vez: a nota muda de situação sozinha.
    3. Veja a validade do **certificado digital**. Vencido, nada é assinado e a fila para.
    4. Reinicie o serviço de transmissão e acompanhe o log por dois minutos.
    5. Só uma filial parada? Compare com outra o endereço do serviço, o certificado e o ambiente (produção ou homologação).

    ## Para o chamado

    Chave de acesso, filial, horário da primeira tentativa, log do serviço e a tela inteira com a mensagem.
    `,
  ),
  article(
    'certificado-digital-vencido',
    {
      kind: 'TUTORIAL',
      audience: 'PUBLIC',
      products: ['erp/rm', 'erp/protheus', 'erp/datasul', 'distribution/winthor'],
      modules: ['erp/rm/plataforma-rm', 'erp/protheus/configurador'],
      title: 'Trocar o certificado digital vencido no servidor de aplicação',
      summary: 'Instalar o novo, dar permissão ao usuário do serviço e só então remover o antigo.',
      labels: ['certificado', 'a1', 'a3', 'nf-e'],
    },
    `
    Um certificado **A1** vale um ano. Programe a troca para a semana anterior ao vencimento.

    1. Receba o arquivo \`.pfx\` e a senha por canais diferentes. **Nunca anexe os dois a um chamado.**
    2. No servidor, importe para o repositório do **computador local**, com a chave marcada como exportável só se a sua política permitir.
    3. Em *Gerenciar chaves privadas*, dê leitura ao **usuário que executa o serviço**.
    4. Aponte o parâmetro da filial para o novo certificado e reinicie o serviço.
    5. Transmita uma nota em **homologação**. Autorizada? Faça o mesmo em produção.
    6. Remova o certificado vencido: com os dois instalados, alguns serviços escolhem o primeiro que encontram.

    Certificados **A3** (cartão ou token) precisam do driver na máquina do serviço e da sessão que o usa aberta.
    `,
  ),
  article(
    'saldo-diferente-do-inventario',
    {
      kind: 'ARTICLE',
      audience: 'CLIENTS',
      products,
      modules: ['erp/rm/nucleus'],
      title: 'Saldo do estoque diferente do inventário',
      summary: 'A contagem foi lançada e o saldo não bateu: movimentos durante a contagem, almoxarifado errado ou período fechado.',
      labels: ['estoque', 'inventário', 'saldo'],
    },
    `
    ## Encontre a diferença

    1. Liste os movimentos entre a **hora da contagem** e a do lançamento. São a causa mais comum.
    2. Compare por **almoxarifado**: a contagem de um item pode ter sido lançada em outro.
    3. Confira a **unidade**: contado em caixas, lançado em unidades.
    4. Procure documentos com data **anterior** ao inventário e digitação posterior.

    ## Acerte

    Não ajuste o saldo à mão. Faça um novo inventário **só dos itens divergentes**, com o almoxarifado bloqueado, e recalcule o
    custo a partir da data dele.

    Para quarenta itens ou mais, mande no chamado a planilha da contagem e o extrato de três itens como exemplo.
    `,
  ),
  article(
    'cnab-retorno-vazio',
    {
      kind: 'ARTICLE',
      audience: 'CLIENTS',
      products,
      modules: ['erp/rm/fluxus'],
      title: 'Integração bancária: arquivo de retorno (CNAB) vazio ou recusado',
      summary: 'O banco devolve zero registros embora haja pagamentos no dia: convênio, layout ou arquivo já lido.',
      labels: ['cnab', 'banco', 'retorno', 'boleto'],
    },
    `
    1. Abra o arquivo num editor. Só **cabeçalho e rodapé**? O banco não tinha o que informar para esse **convênio**.
    2. Confira agência, conta e convênio no cabeçalho: depois de uma troca de conta o convênio costuma mudar.
    3. **240 ou 400** posições? O layout do cadastro tem de ser o do arquivo.
    4. O mesmo arquivo já foi lido? O sistema guarda o número sequencial e ignora a repetição.
    5. Pagamentos depois do horário de corte vêm no arquivo do dia seguinte.

    Ao abrir o chamado, **apague nomes e documentos** do arquivo ou mande apenas o cabeçalho e um registro.
    `,
  ),
  article(
    'sped-fiscal-antes-de-enviar',
    {
      kind: 'TIP',
      audience: 'PUBLIC',
      products,
      modules: ['erp/rm/liber'],
      title: 'SPED Fiscal: cinco conferências antes de transmitir',
      summary: 'Totais, inventário, participantes, CFOP e encerramento: o que o validador não vê.',
      labels: ['sped', 'efd', 'icms'],
    },
    `
    O validador confere a forma. Estas cinco conferências são suas:

    - **Totais** de entradas e saídas iguais aos do livro do mês.
    - **Inventário** (bloco H) no mês exigido pelo estado, com o valor do balanço.
    - **Participantes** sem inscrição só quando são mesmo isentos.
    - **CFOP** de devolução com a nota de origem referenciada.
    - **Período** encerrado no módulo fiscal, para que ninguém mude um documento depois.

    Guarde o arquivo transmitido e o recibo. Retificação parte deles.
    `,
  ),
  article(
    'rm-host-nao-inicia',
    {
      kind: 'ARTICLE',
      audience: 'CLIENTS',
      products,
      modules: ['erp/rm/plataforma-rm'],
      title: 'RM.Host não inicia depois da atualização de versão',
      summary: 'Biblioteca de versões diferentes, porta ocupada ou banco ainda não convertido.',
      labels: ['host', 'atualização', 'três camadas'],
    },
    `
    1. Abra o **log do Host**. As três primeiras linhas com erro bastam para separar os casos abaixo.
    2. *Versão da base diferente da versão do sistema*: a conversão do banco não terminou. Rode o atualizador outra vez.
    3. *Endereço já está em uso*: outro processo ficou com a porta. Encerre o Host antigo no gerenciador de tarefas.
    4. *Não foi possível carregar arquivo ou assembly*: ficaram bibliotecas da versão anterior. Limpe a pasta, reinstale e reinicie.
    5. *Falha de logon*: a senha do usuário do serviço mudou.

    Todos os servidores e todas as estações precisam da **mesma** versão. Uma estação antiga conecta e falha mais tarde.
    `,
  ),
  article(
    'rm-onde-esta-a-versao',
    {
      kind: 'TIP',
      audience: 'PUBLIC',
      products,
      modules: ['erp/rm/plataforma-rm'],
      title: 'Onde encontrar a versão e o release do RM',
      summary: 'Ambiente › Sobre › Mais Info, ou a aba Sistema: o que copiar para o chamado.',
      labels: ['versão', 'release', 'sobre'],
    },
    `
    1. No menu, abra **Ambiente › Sobre**.
    2. Clique em **Mais Info**, ou na aba **Sistema**.
    3. Copie a linha inteira, por exemplo \`12.1.2410.125\`. Os três primeiros números são a versão; o último é o pacote.

    Diga também o banco de dados (SQL Server ou Oracle) e se o ambiente é local, em três camadas ou em nuvem.
    `,
  ),
  article(
    'rmerror-e-logs',
    {
      kind: 'TUTORIAL',
      audience: 'PUBLIC',
      products,
      modules: ['erp/rm/plataforma-rm'],
      title: 'Como obter o arquivo RMError e o log do Host',
      summary: 'Onde ficam, como gerar um novo e o que conferir antes de anexar.',
      labels: ['log', 'rmerror', 'evidência'],
    },
    `
    ## RMError

    Na janela do erro, clique em **Detalhes** e depois em **Salvar**. O arquivo tem a mensagem inteira e a pilha.

    ## Log do Host

    1. No servidor, abra a pasta de instalação e nela a de logs.
    2. Anote a hora, **repita o erro** e copie o arquivo desse dia.
    3. Recorte de cinco minutos antes a um minuto depois.

    Antes de anexar, procure por CPF, nomes e senhas. O formulário avisa quando encontra um número de documento.
    `,
  ),
];
