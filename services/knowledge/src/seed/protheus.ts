import { article } from './demo-article.ts';

const products = ['erp/protheus'];
const clients = { products, audience: 'CLIENTS' as const, kind: 'ARTICLE' as const };

export const protheus = [
  article(
    'consulta-de-pedidos-lenta',
    {
      ...clients,
      modules: ['erp/protheus/sigafat'],
      title: 'Lentidão na consulta de pedidos de venda depois da atualização',
      summary: 'Índices e estatísticas do banco depois de mudar o dicionário; filtro sem índice na tela.',
      labels: ['lentidão', 'desempenho', 'mata410', 'pedido'],
    },
    `
    ## Meça primeiro

    Uma consulta lenta **para todos** é do servidor; lenta **para um** é do filtro, da rede ou da estação.

    ## Causas depois de atualizar

    1. **Índices**: a atualização do dicionário recria índices. Se foi interrompida, faltam alguns. Rode a verificação de integridade.
    2. **Estatísticas**: atualize as do banco nas tabelas de pedidos e itens.
    3. **Filtro padrão** gravado pelo usuário sobre um campo sem índice: limpe-o e compare o tempo.
    4. **Ponto de entrada** que consulta outra tabela por linha: desative em homologação e meça outra vez.

    ## Para o chamado

    Tempo antes e depois, quantidade de pedidos no filtro, e o plano da consulta se tiver acesso ao banco.
    `,
  ),
  article(
    'upddistr-com-seguranca',
    {
      ...clients,
      kind: 'TUTORIAL',
      modules: ['erp/protheus/configurador'],
      title: 'Atualizar o dicionário (UPDDISTR) com segurança',
      summary: 'Cópia, modo exclusivo, arquivos de diferença e o que fazer se parar no meio.',
      labels: ['upddistr', 'dicionário', 'atualização'],
    },
    `
    1. Faça **cópia do banco e da pasta do sistema**. Sem as duas não há volta.
    2. Tire todos os usuários e os serviços agendados. O processo precisa de acesso **exclusivo**.
    3. Copie os arquivos de diferença da expedição para a pasta do sistema.
    4. Execute em **homologação** com uma cópia da produção e anote o tempo.
    5. Execute em produção e guarde o log.
    6. Abra três rotinas críticas antes de liberar: pedido, documento de saída e contas a receber.

    Parou no meio? **Não** execute de novo sobre o mesmo dicionário: volte a cópia e recomece. O log diz qual tabela estava em curso.
    `,
  ),
  article(
    'documento-de-saida-nao-gera',
    {
      ...clients,
      modules: ['erp/protheus/sigafat'],
      title: 'Documento de saída não é gerado: crédito, estoque e TES',
      summary: 'O pedido existe e não aparece para faturar. Onde ele está parado e quem libera.',
      labels: ['mata461', 'faturamento', 'liberação', 'tes'],
    },
    `
    Um pedido só chega ao documento de saída depois de **duas** liberações.

    1. **Crédito**: limite, título vencido ou risco do cliente. Libera o financeiro.
    2. **Estoque**: saldo no armazém do pedido, já descontadas as reservas.
    3. **TES** bloqueada ou sem as contas do período: nada é gerado e a mensagem só aparece no log.
    4. **Data de entrega** fora do intervalo escolhido na geração.

    Em lote, gere **um** pedido sozinho: a mensagem dele aparece na tela em vez de ficar no relatório.
    `,
  ),
  article(
    'danfe-em-branco',
    {
      kind: 'ARTICLE',
      audience: 'PUBLIC',
      products,
      modules: ['erp/protheus/sigafat'],
      title: 'DANFE em branco ou sem o logotipo',
      summary: 'O XML está autorizado e o papel sai vazio: pasta do logotipo, fonte e permissão do serviço.',
      labels: ['danfe', 'impressão', 'nf-e', 'nota fiscal'],
    },
    `
    - **Em branco**: o serviço não conseguiu gravar o PDF. Confira espaço em disco e permissão na pasta de saída.
    - **Sem logotipo**: a imagem deve ter o nome esperado para a filial e estar na pasta do sistema, em BMP ou JPG.
    - **Sem código de barras**: falta a fonte no servidor que gera, não na estação que imprime.
    - **Só em uma filial**: compare os parâmetros da filial com os de outra que imprime.

    O DANFE é só um espelho. Enquanto ele não sai, o **XML autorizado** já vale e pode ser enviado ao cliente.
    `,
  ),
  article(
    'mata330-nao-termina',
    {
      ...clients,
      modules: ['erp/protheus/sigaest'],
      title: 'Recálculo do custo médio (MATA330) não termina',
      summary: 'Movimento em ciclo, data de fechamento errada ou processo interrompido no mês anterior.',
      labels: ['mata330', 'custo médio', 'recálculo'],
    },
    `
    1. Veja no log **qual produto** se repete. Um produto que consome a si mesmo, direto ou por outra ordem, faz um ciclo.
    2. Confira a **data do último fechamento**. Recalcular três meses leva três vezes mais.
    3. Verifique se outra estação não iniciou o mesmo processo: a segunda espera pela primeira.
    4. Depois de uma queda, repita **desde o fechamento**, não de onde parou.

    Execute fora do expediente e sem faturamento. Movimentos feitos durante o recálculo ficam sem custo até o próximo.
    `,
  ),
  article(
    'reforma-tributaria-rascunho',
    {
      ...clients,
      kind: 'INFORMATION',
      draft: true,
      products: ['erp/protheus', 'erp/rm', 'erp/datasul'],
      title: 'Reforma tributária: o que muda na emissão de notas',
      summary: 'Em preparo: campos novos, datas de cada fase e o que testar em homologação.',
      labels: ['reforma tributária', 'nf-e'],
    },
    `
    *Em preparo com a equipe fiscal.*

    - Campos novos do documento e desde quando são exigidos
    - Versões mínimas por produto
    - Roteiro de teste em homologação
    `,
  ),
  article(
    'mrp-parametros-rascunho',
    {
      ...clients,
      kind: 'TUTORIAL',
      draft: true,
      modules: ['erp/protheus/sigapcp'],
      title: 'MRP (MATA712): parâmetros que mudam o resultado',
      summary: 'Em preparo: horizonte, estoque de segurança e lotes.',
      labels: ['mrp', 'mata712'],
    },
    `
    *Falta revisar os exemplos com a manufatura.*

    1. Horizonte e períodos
    2. Estoque de segurança e ponto de pedido
    3. Lote mínimo e múltiplo
    `,
  ),
];
