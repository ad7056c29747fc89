// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_header.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/status.h"
#include "ui/common/widgets.h"
#include "ui/orders/order_progress_model.h"

#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int stateIcon = 18;
constexpr int rowSpacing = 6;

} // namespace

OrderHeader::OrderHeader(Workspace& workspace, const OrderProgressModel& progress, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_progress(progress)
    , m_title(makeTitle(QString()))
    , m_state(new QLabel)
    , m_stateIcon(new QLabel)
    , m_facts(makeFaint(QString()))
    , m_howFar(makeFaint(QString()))
{
    auto* back = new QToolButton;
    back->setObjectName(u"orderBack"_s);
    back->setText(tr("‹ &Orders"));
    back->setToolButtonStyle(Qt::ToolButtonTextOnly);
    back->setAccessibleName(tr("Back to the list of orders"));
    m_title->setObjectName(u"orderTitle"_s);
    m_state->setObjectName(u"orderState"_s);
    m_howFar->setObjectName(u"orderHowFar"_s);
    auto* stateRow = new QHBoxLayout;
    stateRow->setSpacing(rowSpacing);
    stateRow->addWidget(m_stateIcon);
    stateRow->addWidget(m_state);
    stateRow->addWidget(m_facts, 1);
    auto* top = new QHBoxLayout;
    top->addWidget(back, 0, Qt::AlignTop);
    top->addWidget(m_title, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(rowSpacing);
    layout->addLayout(top);
    layout->addLayout(stateRow);
    layout->addWidget(m_howFar);
    connect(back, &QToolButton::clicked, this, &OrderHeader::backWanted);
}

void OrderHeader::clear()
{
    m_record = {};
    m_running = false;
    m_authorityName.clear();
    m_accountName.clear();
    m_title->setText(tr("Order"));
    for (QLabel* label : {m_state, m_stateIcon, m_facts})
        label->clear();
    m_howFar->hide();
}

void OrderHeader::showOrder(const lifecycle::OrderDetails& order)
{
    const bool another = order.record.id != m_record.id;
    m_record = order.record;
    m_running = order.running;
    if (another)
        nameAuthority();
    showFacts();
}

void OrderHeader::nameAuthority()
{
    const auto reply = [this, id = m_record.id](base::Result<QList<lifecycle::Authority>> authorities) {
        if (!authorities || id != m_record.id)
            return;
        for (const lifecycle::Authority& authority : std::as_const(*authorities))
            if (authority.id == m_record.request.authorityId)
                m_authorityName = authority.name;
        showFacts();
    };
    m_workspace.manager.authorities(this, reply);
    nameAccount();
}

void OrderHeader::nameAccount()
{
    const auto reply = [this, id = m_record.id](base::Result<QList<lifecycle::Account>> accounts) {
        if (!accounts || id != m_record.id)
            return;
        for (const lifecycle::Account& account : std::as_const(*accounts))
            if (account.id == m_record.request.accountId)
                m_accountName = account.contacts.isEmpty() ? tr("account %1").arg(account.url.fileName())
                                                           : account.contacts.first().section(u':', 1);
        showFacts();
    };
    m_workspace.manager.accounts(this, reply);
}

void OrderHeader::showFacts()
{
    const QStringList names = base::identifierValues(m_record.request.names);
    const Status status = statusOf(m_record.state, m_running, lifecycle::isApprovalPending(m_record.error));
    m_title->setText(namesText(names));
    m_title->setToolTip(nameLines(names));
    m_stateIcon->setPixmap(status.icon().pixmap(stateIcon, stateIcon));
    m_state->setText(status.word);
    QStringList facts;
    for (const QString& part : {m_authorityName, m_accountName, m_record.request.proof.summary()})
        if (!part.isEmpty())
            facts += part;
    if (!m_record.profile.isEmpty())
        facts += tr("profile %1").arg(m_record.profile);
    if (!lifecycle::isFinished(m_record.state) && m_record.deadline.isValid())
        facts += tr("waits until %1").arg(localTime(m_record.deadline));
    m_facts->setText(u" ·  %1"_s.arg(facts.join(u"  ·  "_s)));
    m_facts->setToolTip(m_record.url.toString());
    showHowFar();
}

void OrderHeader::showHowFar()
{
    QStringList parts;
    const QLocale locale;
    if (m_running && m_progress.nameCount() > 1)
        parts += tr("%1 of %2 names proved")
                     .arg(locale.toString(m_progress.provedCount()), locale.toString(m_progress.nameCount()));
    if (m_running && m_progress.processingSince().isValid())
        parts += tr("waits for the CA since %1, next look %2")
                     .arg(localTime(m_progress.processingSince()), relativeTime(m_progress.nextLook()));
    m_howFar->setText(parts.join(u"  ·  "_s));
    m_howFar->setVisible(!parts.isEmpty());
}

} // namespace ui
