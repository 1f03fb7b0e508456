import { article } from './demo-article.ts';

const products = ['erp/rm'];
const labore = { products, modules: ['erp/rm/labore'], audience: 'CLIENTS' as const };

export const rmPeople = [
  article(
    'ferias-coletivas-valor-nulo',
    {
      ...labore,
      kind: 'ARTICLE',
      title: 'Férias coletivas: erro “valor nulo em campo obrigatório” no cálculo',
      summary: 'O cálculo para quando algum funcionário da seleção está sem período aquisitivo, sindicato ou horário.',
      labels: ['férias', 'cálculo', 'labore'],
    },
    `
    ## Sintoma

    Ao calcular as férias coletivas o sistema mostra **“valor nulo em campo obrigatório”** e nenhum recibo é gerado, ou só os de
    parte da filial.

    ## Causa

    O processo é feito de uma vez para toda a seleção. Basta um funcionário sem um dos dados abaixo para que ele pare:

    - período aquisitivo aberto;
    - sindicato (é dele que vêm os dias e o abono);
    - horário, quando o ponto está integrado;
    - data de início das coletivas anterior à admissão.

    ## Solução

    1. Filtre os funcionários da filial **sem período aquisitivo** e gere o período que falta.
    2. Confira sindicato e horário no cadastro dos que sobraram.
    3. Tire da seleção quem foi admitido depois do início das coletivas: para eles há férias proporcionais.
    4. Calcule primeiro **um** funcionário e compare o recibo; depois a filial inteira.

    Se o erro continuar, abra um chamado com a coligada, a filial, a chapa de um funcionário e o arquivo RMError.
    `,
  ),
  article(
    'ferias-coletivas-passo-a-passo',
    {
      ...labore,
      kind: 'TUTORIAL',
      title: 'Programar e calcular férias coletivas por filial',
      summary: 'Da comunicação ao sindicato até o recibo: a ordem que evita recálculo.',
      labels: ['férias', 'programação', 'recibo'],
    },
    `
    1. **Comunique** sindicato e órgão do trabalho com a antecedência da convenção.
    2. Em *Programação de férias*, crie a programação coletiva com início, dias e a lista de filiais.
    3. Marque quem tem **menos de doze meses**: recebe férias proporcionais e começa um novo período aquisitivo.
    4. Confira médias e adicionais em três funcionários de situações diferentes.
    5. Calcule a filial, emita os recibos e confira o **total líquido** com o financeiro antes de pagar.
    6. Só então envie os eventos de afastamento ao eSocial.

    > Recalcular depois do pagamento gera diferença na folha do mês. Se precisar, use recibo complementar.
    `,
  ),
  article(
    'esocial-s1200-recusado',
    {
      ...labore,
      kind: 'ARTICLE',
      title: 'eSocial recusa o evento S-1200: causas e correções',
      summary: 'A remuneração volta recusada quando falta um evento anterior: admissão, rubrica, lotação ou estabelecimento.',
      labels: ['esocial', 's-1200', 'remuneração'],
    },
    `
    O **S-1200** leva a remuneração do mês. Ele depende de tabelas e eventos que precisam estar aceitos antes.

    | O que a mensagem diz | O que falta | Onde corrigir |
    |---|---|---|
    | trabalhador não localizado | S-2200 aceito | cadastro do funcionário |
    | rubrica inexistente | S-1010 da rubrica no período | cadastro de eventos |
    | lotação tributária inválida | S-1020 | seção do funcionário |
    | estabelecimento não cadastrado | S-1005 | filial |
    | período já encerrado | reabertura com S-1298 | painel do eSocial |

    ## Passos

    1. Abra o retorno e copie **código e mensagem** de um dos eventos recusados.
    2. Corrija a causa e reenvie primeiro a tabela, depois o S-1200 **só dos recusados**.
    3. Aguarde todos aceitos antes do fechamento (S-1299).

    Em lotes grandes, seis ou sete recusas costumam ter a mesma rubrica em comum: compare os demonstrativos.
    `,
  ),
  article(
    'relatorio-folha-desalinhado',
    {
      ...labore,
      kind: 'ARTICLE',
      title: 'Relatório da folha sai desalinhado ou cortado na impressão',
      summary: 'Fonte de largura fixa, margem e escala: três ajustes que põem as colunas de volta na página.',
      labels: ['relatório', 'impressão', 'folha'],
    },
    `
    ## Sintoma

    No resumo da folha a coluna de descontos sai fora da página, ou os valores não ficam embaixo dos títulos.

    ## O que verificar

    1. O relatório usa fonte de **largura fixa**? Se a estação não a tem, o Windows a troca por outra mais larga.
    2. Na impressão, deixe a escala em **100 %** e as margens em 10 mm. “Ajustar à página” muda a altura das linhas.
    3. Gere em **PDF** no servidor. Se o PDF está certo, o problema é da impressora ou da estação.
    4. Se foi copiado e alterado, compare com o relatório padrão: uma coluna nova empurra as outras.

    O relatório padrão é atualizado com a versão; a cópia, não.
    `,
  ),
  article(
    'rateio-centro-de-custo',
    {
      ...labore,
      kind: 'TUTORIAL',
      title: 'Rateio automático da folha por centro de custo',
      summary: 'Como fazer com que cada lançamento use o centro de custo do funcionário, também quando ele muda no meio do mês.',
      labels: ['rateio', 'centro de custo', 'contabilização'],
    },
    `
    O rateio procura o centro de custo nesta ordem: **funcionário → seção → padrão da coligada**. O primeiro preenchido vale.

    1. Preencha o centro de custo na **seção**. É o que resolve nove em cada dez casos.
    2. Para quem trabalha em mais de um, cadastre o **rateio fixo** do funcionário, em percentuais que somem 100.
    3. Quem foi transferido no meio do mês precisa do **histórico** com a data: o rateio será proporcional aos dias.
    4. Gere a contabilização em modo de **simulação** e confira a diferença entre débito e crédito por centro de custo.

    Se sobrar valor no padrão da coligada, liste as seções sem centro de custo: o relatório de inconsistências mostra quais são.
    `,
  ),
  article(
    'rescisao-complementar',
    {
      ...labore,
      kind: 'TUTORIAL',
      title: 'Rescisão complementar depois do dissídio',
      summary: 'Pagar a diferença a quem já saiu, sem mexer na rescisão que foi homologada.',
      labels: ['rescisão', 'dissídio', 'trct'],
    },
    `
    1. Lance o novo salário no **histórico salarial**, com a data-base da convenção. Não altere o salário do mês da rescisão.
    2. Inclua uma rescisão do tipo **complementar** para o funcionário demitido.
    3. Calcule. O sistema refaz a rescisão com o novo salário e paga só a diferença de cada verba.
    4. Emita o termo complementar e envie o evento do período de apuração correto.

    Confira a diferença de **férias proporcionais e décimo terceiro**: as médias não mudam, só a base.
    `,
  ),
  article(
    'espelho-do-ponto-sem-marcacoes',
    {
      products,
      modules: ['erp/rm/chronus'],
      kind: 'ARTICLE',
      audience: 'CLIENTS',
      title: 'Espelho do ponto sem marcações de um dia',
      summary: 'As marcações foram feitas e não aparecem: coleta, crachá e período.',
      labels: ['ponto', 'coleta', 'chronus'],
    },
    `
    Siga o caminho da marcação, do relógio ao espelho:

    1. **Relógio**: a marcação está na memória? Se não, o relógio estava parado ou com a hora errada.
    2. **Coleta**: o arquivo do dia foi importado? Importar de novo não duplica marcações.
    3. **Crachá**: a marcação pode ter ficado com um crachá provisório sem vínculo com a chapa.
    4. **Período**: se o período está encerrado, o espelho não muda até que seja reaberto.
    5. **Apuração**: depois de corrigir, apure só o funcionário e os dias afetados.

    Marcações de outro fuso aparecem no dia vizinho. Verifique o horário de verão da filial.
    `,
  ),
];
