// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/copy_menu.h"

#include "challenge/challenge_commands.h"
#include "lifecycle/certificate_manager.h"
#include "lifecycle/issue_command.h"
#include "ui/common/navigator.h"
#include "ui/orders/order_header.h"

#include <QClipboard>
#include <QGuiApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QString purposeOf(const QString& program)
{
    if (program == u"curl")
        return CopyMenu::tr("curl: fetch what the CA fetches");
    if (program == u"dig")
        return CopyMenu::tr("dig: look up what the CA looks up");
    if (program == u"nsupdate")
        return CopyMenu::tr("nsupdate: put the record in place");
    if (program == u"openssl")
        return CopyMenu::tr("openssl: connect as the CA connects");
    return program;
}

} // namespace

CopyMenu::CopyMenu(Workspace& workspace, const OrderHeader& header, QWidget* parent)
    : QMenu(parent)
    , m_workspace(workspace)
    , m_header(header)
{
    setObjectName(u"orderCopyMenu"_s);
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &CopyMenu::fill);
}

void CopyMenu::showOrder(const lifecycle::OrderRecord& order)
{
    const bool another = order.id != m_order.id;
    m_order = order;
    if (!another)
        return;
    m_dnsServer.clear();
    if (!m_order.request.proof.solverId.isEmpty())
        findDnsServer();
}

void CopyMenu::findDnsServer()
{
    m_workspace.manager.solvers(this, [this, id = m_order.id](const auto& solvers) {
        if (!solvers || id != m_order.id)
            return;
        for (const auto& solver : *solvers)
            if (solver.id == m_order.request.proof.solverId)
                m_dnsServer = solver.server;
    });
}

void CopyMenu::showStep(const lifecycle::OrderEvent* event)
{
    m_step = event ? std::optional(*event) : std::nullopt;
}

void CopyMenu::fill()
{
    clear();
    if (m_step && m_step->subject == lifecycle::OrderEvent::Subject::Challenge) {
        const challenge::ShownChallenge shown {m_step->challengeType, m_step->identifier, m_step->expectedAt,
                                               m_step->expectedValue, m_dnsServer};
        for (const challenge::ShellCommand& command : challenge::challengeCommands(shown))
            add(purposeOf(command.program), command.text);
    }
    if (!isEmpty())
        addSeparator();
    add(tr("sealwright-cli: order the same"), lifecycle::issueCommand(m_order.request, m_header.authorityName()));
}

void CopyMenu::add(const QString& text, const QString& command)
{
    QAction* action = addAction(text);
    action->setToolTip(command);
    connect(action, &QAction::triggered, this, [this, command] {
        QGuiApplication::clipboard()->setText(command);
        m_workspace.navigator.tell(tr("The command is on the clipboard."));
    });
}

} // namespace ui
