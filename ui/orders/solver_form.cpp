// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/solver_form.h"

#include "ui/common/path_field.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using challenge::DnsMethod;
using lifecycle::SolverDetails;
using Kind = PathField::Kind;

SolverForm::SolverForm(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_method(makeComboBox(prefix + u"solverMethod"_s))
    , m_server(makeLineEdit(prefix + u"proofDnsServer"_s, tr("Primary DNS server of the names' zone"),
                            tr("HOST or HOST:PORT, for example ns1.corp.example")))
    , m_keyFile(new PathField(Kind::File, prefix + u"proofTsigFile"_s, tr("File with the TSIG key"),
                              tr("Key file, as nsupdate -k takes it; kept in the vault")))
    , m_program(new PathField(Kind::File, prefix + u"solverProgram"_s, tr("Program that puts records in place"),
                              tr("Program that puts records in place")))
    , m_cleanUpProgram(new PathField(Kind::File, prefix + u"solverCleanUpProgram"_s,
                                     tr("Program that takes records away"),
                                     tr("Program that takes records away; may stay empty")))
    , m_provider(makeLineEdit(prefix + u"solverProvider"_s, tr("DNS provider as Lexicon calls it"),
                              tr("Provider as Lexicon calls it, for example cloudflare")))
    , m_credentials(new PathField(Kind::File, prefix + u"solverCredentials"_s,
                                  tr("File with the provider's credentials"),
                                  tr("File of lines OPTION = VALUE; kept in the vault")))
{
    m_method->setAccessibleName(tr("How DNS records are changed"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_method);
    for (QWidget* field :
         std::initializer_list<QWidget*> {m_server, m_keyFile, m_program, m_cleanUpProgram, m_provider, m_credentials})
        layout->addWidget(field);
    addMethod(DnsMethod::Rfc2136, tr("By updates of a DNS server (RFC 2136)"), {m_server, m_keyFile});
    addMethod(DnsMethod::Lexicon, tr("By a provider that Lexicon knows"), {m_provider, m_credentials});
    addMethod(DnsMethod::CertbotHooks, tr("By programs made for certbot"), {m_program, m_cleanUpProgram});
    addMethod(DnsMethod::DehydratedHook, tr("By a program made for dehydrated"), {m_program});
    addMethod(DnsMethod::ByHand, tr("By hand: you put the records in place"), {});
    for (const QLineEdit* line : {m_server, m_provider})
        connect(line, &QLineEdit::textChanged, this, &SolverForm::changed);
    for (const PathField* field : {m_keyFile, m_program, m_cleanUpProgram, m_credentials})
        connect(field, &PathField::changed, this, &SolverForm::changed);
    connect(m_method, &QComboBox::currentIndexChanged, this, &SolverForm::showMethod);
    showMethod();
}

void SolverForm::addMethod(DnsMethod method, const QString& title, const QList<QWidget*>& fields)
{
    const QSignalBlocker blocker(m_method);
    m_method->addItem(title, challenge::dnsMethodName(method));
    for (QWidget* field : fields)
        m_neededBy[field].append(method);
}

void SolverForm::showMethod()
{
    for (QWidget* field :
         std::initializer_list<QWidget*> {m_server, m_keyFile, m_program, m_cleanUpProgram, m_provider, m_credentials})
        field->setVisible(m_neededBy.value(field).contains(method()));
    Q_EMIT changed();
}

DnsMethod SolverForm::method() const
{
    return challenge::dnsMethodFromName(m_method->currentData().toString()).value_or(DnsMethod::Rfc2136);
}

base::Result<SolverDetails> SolverForm::entered() const
{
    SolverDetails details;
    details.method = method();
    details.server = m_server->text().trimmed();
    details.keyFilePath = m_keyFile->path();
    details.program = m_program->path();
    details.cleanUpProgram = m_cleanUpProgram->path();
    details.provider = m_provider->text().trimmed();
    details.credentialsFilePath = m_credentials->path();
    if (details.method == DnsMethod::Rfc2136 && (details.server.isEmpty() || details.keyFilePath.isEmpty()))
        return base::invalid(u"solver"_s, tr("Name the DNS server and the file with its key."));
    const bool runsProgram = details.method == DnsMethod::CertbotHooks || details.method == DnsMethod::DehydratedHook;
    if (runsProgram && details.program.isEmpty())
        return base::invalid(u"solver"_s, tr("Name the program that puts records in place."));
    if (details.method == DnsMethod::Lexicon && (details.provider.isEmpty() || details.credentialsFilePath.isEmpty()))
        return base::invalid(u"solver"_s, tr("Name the provider and the file with its credentials."));
    return details;
}

} // namespace ui
