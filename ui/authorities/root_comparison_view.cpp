// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/root_comparison_view.h"

#include "ui/common/date_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/mono_block.h"
#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CertificateFacts;
using lifecycle::RootChange;

constexpr int rootHeight = 64;

/// "70:AD:…", as people read it to each other, in lines that are the same in both columns whatever their width.
QString grouped(const QString& sha256)
{
    constexpr qsizetype digitsInLine = 16;
    QStringList lines;
    for (qsizetype at = 0; at < sha256.size(); at += digitsInLine)
        lines += QString::fromLatin1(QByteArray::fromHex(sha256.mid(at, digitsInLine).toLatin1()).toHex(':')).toUpper();
    return lines.join(u'\n');
}

QString validity(const CertificateFacts& certificate)
{
    return u"%1 – %2"_s.arg(localTime(certificate.notBefore), localTime(certificate.notAfter));
}

} // namespace

RootComparisonView::RootComparisonView(QWidget* parent)
    : QWidget(parent)
    , m_words(makeLabel(QString()))
    , m_decision(new QWidget)
    , m_root(new QPlainTextEdit)
    , m_rootLabel(makeLabel(tr("The new root as P&EM, or its SHA-256 (fetched from a step-ca):")))
    , m_compared(new QCheckBox(tr("I compared it with what the CA's operator &told me")))
    , m_add(makeButton(tr("Trust the new root as &well"), u"acceptRootAsWell"_s))
    , m_replace(makeButton(tr("Re&place the old root"), u"acceptRootInstead"_s))
{
    m_root->setObjectName(u"newRootText"_s);
    m_root->setAccessibleName(tr("The new root, as PEM or SHA-256"));
    m_root->setFixedHeight(rootHeight);
    m_root->setTabChangesFocus(true);
    m_rootLabel->setBuddy(m_root);
    m_compared->setObjectName(u"rootCompared"_s);
    auto* buttons = new FlowLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_replace);
    auto* decision = new QVBoxLayout(m_decision);
    decision->setContentsMargins(0, 0, 0, 0);
    decision->addWidget(m_rootLabel);
    decision->addWidget(m_root);
    decision->addWidget(m_compared);
    decision->addLayout(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, pageSpacing);
    layout->addWidget(makeHeading(tr("The server no longer shows what is trusted")));
    layout->addWidget(m_words);
    layout->addWidget(m_decision);
    connect(m_compared, &QCheckBox::toggled, this, &RootComparisonView::allowDeciding);
    connect(m_root, &QPlainTextEdit::textChanged, this, &RootComparisonView::allowDeciding);
    connect(m_add, &QPushButton::clicked, this, [this] { decide(RootChange::Kind::Add); });
    connect(m_replace, &QPushButton::clicked, this, [this] { decide(RootChange::Kind::Replace); });
}

void RootComparisonView::show(const lifecycle::Authority& authority, const lifecycle::AuthorityCondition& condition)
{
    const QString shown =
        authority.id + condition.stopReason + QString::fromLatin1(authority.rootsPem + condition.servedPem);
    if (shown == m_shown)
        return;
    m_shown = shown;
    m_comparison = lifecycle::compareRoots(authority.rootsPem, condition.servedPem);
    const QString stopped = tr("Since %1 nothing is sent to this authority: its orders and renewals wait. %2.")
                                .arg(localTime(condition.stoppedAt), condition.stopReason);
    QString more = tr("Get the new root's SHA-256 from the CA's operator by another way, and compare.");
    if (m_comparison.leadsToPinned)
        more = tr("The trusted root did sign what the server shows, so the root is not the matter: the server's own "
                  "certificate is expired or for another name. Its operator has to mend that; work goes on by itself.");
    else if (m_comparison.served.isEmpty())
        more = tr("What the server shows now could not be looked at. Get the new root from the CA's operator.");
    else if (!m_comparison.servedRoot)
        more = tr("The server does not send its root, it only names “%1”. Get that root from the CA's operator.")
                   .arg(m_comparison.namedRoot);
    m_words->setText(u"%1 %2"_s.arg(stopped, more));
    fillTable(m_comparison);
    m_root->clear();
    m_compared->setChecked(false);
    m_root->setVisible(!m_comparison.servedRoot);
    m_rootLabel->setVisible(!m_comparison.servedRoot);
    m_decision->setVisible(!m_comparison.leadsToPinned);
    allowDeciding();
}

void RootComparisonView::fillTable(const lifecycle::RootComparison& comparison)
{
    delete m_table;
    m_table = new QWidget;
    m_table->setObjectName(u"rootComparison"_s);
    m_grid = new QGridLayout(m_table);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    static_cast<QVBoxLayout*>(layout())->insertWidget(2, m_table);
    const CertificateFacts before = comparison.pinned.value(0);
    const CertificateFacts now =
        comparison.servedRoot ? *comparison.servedRoot : comparison.served.value(comparison.served.size() - 1);
    const bool several = comparison.pinned.size() > 1;
    addRow(QString(), several ? tr("Trusted (the first of %1)").arg(comparison.pinned.size()) : tr("Trusted"),
           comparison.servedRoot ? tr("Shown now") : tr("Shown now (no root)"));
    if (comparison.pinned.isEmpty())
        addRow(tr("Root"), tr("The system's store"), QString());
    addRow(tr("Subject"), before.subject, now.subject);
    addRow(tr("Issuer"), before.issuer, now.issuer);
    addRow(tr("Serial"), before.serial, now.serial);
    addRow(tr("Valid"), before.sha256.isEmpty() ? QString() : validity(before),
           now.sha256.isEmpty() ? QString() : validity(now));
    addRow(tr("Key"), before.key, now.key);
    addRow(tr("SHA-256"), grouped(before.sha256), grouped(now.sha256));
}

void RootComparisonView::addRow(const QString& name, const QString& before, const QString& now)
{
    if (before.isEmpty() && now.isEmpty())
        return;
    const int row = m_grid->rowCount();
    m_grid->addWidget(makeFaint(name), row, 0, Qt::AlignTop);
    int column = 1;
    for (const QString& text : {before, now}) {
        const bool breaksAnywhere = name == tr("SHA-256") || name == tr("Serial");
        QWidget* value = breaksAnywhere && !text.isEmpty() ? static_cast<QWidget*>(new MonoBlock(text))
            : name.isEmpty()                               ? makeHeading(text)
                                                           : makeLabel(text, QString(), true);
        value->setAccessibleName(u"%1, %2: %3"_s.arg(name, column == 1 ? tr("trusted") : tr("shown now"), text));
        m_grid->addWidget(value, row, column++, Qt::AlignTop);
    }
}

void RootComparisonView::allowDeciding()
{
    const bool known = m_comparison.servedRoot || !m_root->toPlainText().trimmed().isEmpty();
    const bool may = known && m_compared->isChecked();
    m_add->setEnabled(may);
    m_replace->setEnabled(may);
}

RootChange RootComparisonView::chosen(RootChange::Kind kind) const
{
    RootChange change;
    change.kind = kind;
    const QString text = m_root->toPlainText().trimmed();
    if (m_comparison.servedRoot)
        change.pem = m_comparison.servedRoot->pem;
    else if (text.contains(u"-----BEGIN"_s))
        change.pem = text.toUtf8();
    else
        change.fingerprint = text;
    return change;
}

void RootComparisonView::decide(RootChange::Kind kind)
{
    Q_EMIT accepted(chosen(kind));
}

} // namespace ui
