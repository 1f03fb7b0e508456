import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { distribution } from './segments.ts';

export const winthor = productLine({
  macroSegment: distribution,
  code: 'winthor',
  labels: sameText('Winthor'),
  aliases: ['PC Sistemas'],
  serviceGroup: 'winthor',
  versions: ['30', '29', '28'],
  effects: [
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
    ['LOADING_BLOCKED', text('Carregamento impedido', 'Loading blocked', 'Carga impedida')],
  ],
  modules: `
vendas-winthor | Vendas | Sales | Ventas
  pedidos-winthor | Pedidos | Orders | Pedidos
    r316 | 316 Digitar pedido de venda | 316 Enter sales order | 316 Digitar pedido de venta
    r336 | 336 Alterar pedido de venda | 336 Change sales order | 336 Cambiar pedido de venta
  forca-vendas | Força de vendas | Sales force | Fuerza de ventas
    r2100 | Força de vendas no celular | Mobile sales force | Fuerza de ventas móvil
faturamento-winthor | Faturamento | Invoicing | Facturación
  notas-winthor | Notas fiscais | Invoices | Facturas
    r1402 | 1402 Gerar faturamento | 1402 Generate invoices | 1402 Generar facturación
    r1452 | 1452 Emitir documento eletrônico | 1452 Issue electronic document | 1452 Emitir documento electrónico
compras-winthor | Compras | Purchasing | Compras
  entrada-winthor | Entrada de mercadorias | Goods receipt | Entrada de mercancías
    r1301 | 1301 Receber mercadoria | 1301 Receive goods | 1301 Recibir mercancía
    r220 | 220 Digitar pedido de compra | 220 Enter purchase order | 220 Digitar pedido de compra
financeiro-winthor | Financeiro | Finance | Finanzas
  titulos | Títulos | Receivables and payables | Títulos
    r1207 | 1207 Baixar títulos | 1207 Settle receivables | 1207 Cancelar títulos
    r749 | 749 Incluir títulos a pagar | 749 Enter payables | 749 Incluir títulos por pagar
fiscal-winthor | Fiscal | Tax | Fiscal
  livros-winthor | Livros fiscais | Tax books | Libros fiscales
    r1097 | Apuração de impostos | Tax assessment | Liquidación de impuestos
estoque-winthor | Estoque | Inventory | Inventario | ~ inventário, transferência, avaria
  movimento-winthor | Movimentação | Movements | Movimientos
    r1181 | 1181 Ajustar saldo de estoque | 1181 Adjust stock | 1181 Ajustar saldo de inventario
    r1124 | 1124 Transferir entre filiais | 1124 Transfer between branches | 1124 Transferir entre sucursales
    r1109 | 1109 Fazer inventário | 1109 Stocktaking | 1109 Hacer inventario
logistica-winthor | Logística e carregamento | Logistics and loading | Logística y carga | ~ WMS, rota, frete, mapa de separação
  carga-winthor | Montagem de carga | Load building | Armado de carga
    r901 | 901 Montar carga | 901 Build load | 901 Armar carga
    r931 | 931 Imprimir mapa de separação | 931 Print picking map | 931 Imprimir mapa de separación
    r1474 | 1474 Emitir conhecimento de frete | 1474 Issue bill of freight | 1474 Emitir carta de porte
precos-winthor | Preços e políticas | Prices and policies | Precios y políticas | ~ tabela de preço, desconto, campanha
  tabelas-winthor | Tabelas de preços | Price lists | Listas de precios
    r201 | 201 Precificar produto | 201 Price a product | 201 Fijar precio de producto
    r561 | 561 Cadastrar política de desconto | 561 Enter discount policy | 561 Registrar política de descuento
crm-winthor | Vendas externas e comércio eletrônico | Field sales and e-commerce | Ventas externas y comercio electrónico | ~ e-commerce, telemarketing, palm
  canais-winthor | Canais de venda | Sales channels | Canales de venta
    loja-virtual | Integração com loja virtual | Online shop integration | Integración con tienda virtual
    telemarketing | Pedidos por telemarketing | Telesales orders | Pedidos por telemarketing
plataforma-winthor | Plataforma Winthor | Winthor platform | Plataforma Winthor | ~ instalação, atualizador, Oracle | @ winthor-platform
  base-winthor | Banco de dados e rotinas | Database and routines | Base de datos y rutinas
    r500 | 500 Atualizar versão de rotinas | 500 Update routines | 500 Actualizar rutinas
    r530 | 530 Permissões de acesso | 530 Access rights | 530 Permisos de acceso
    desempenho-winthor | Desempenho do banco de dados | Database performance | Desempeño de la base de datos
`,
});
