// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/new_certificate_form.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/error_text.h"
#include "ui/common/form.h"
#include "ui/common/key_type_text.h"
#include "ui/common/navigator.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/orders/name_check.h"
#include "ui/orders/name_warnings.h"
#include "ui/orders/order_options_form.h"
#include "ui/orders/proof_finder.h"
#include "ui/orders/proof_form.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int namesHeight = 92;

QString accountText(const lifecycle::Account& account)
{
    const QString contact = account.contacts.value(0);
    const QString who = contact.isEmpty() ? account.url.fileName() : contact.section(u':', 1);
    return u"%1 (%2)"_s.arg(who, accountAlgorithm(account.keyType));
}

} // namespace

NewCertificateForm::NewCertificateForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_accountForm(new Form)
    , m_banner(new Banner(u"newCertificateBanner"_s))
    , m_names(new QPlainTextEdit)
    , m_warnings(new NameWarnings(workspace))
    , m_authority(makeComboBox(u"newCertificateAuthority"_s))
    , m_account(makeComboBox(u"newCertificateAccount"_s))
    , m_proof(new ProofForm(workspace))
    , m_finder(new ProofFinder(workspace))
    , m_check(new NameCheck(
          workspace, [this] { return toCheck(); }, [this] { return searchFor({}); }))
    , m_options(new OrderOptionsForm)
    , m_toggle(new QToolButton)
    , m_working(makeFaint(QString()))
    , m_issue(makePrimaryButton(tr("&Issue"), u"issueButton"_s))
{
    fillForm();
    auto* content = new QWidget;
    content->setMaximumWidth(formWidth);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addWidget(makeTitle(tr("New certificate")));
    inner->addWidget(m_form);
    inner->addWidget(m_toggle, 0, Qt::AlignLeft);
    inner->addWidget(makeAdvanced());
    inner->addWidget(m_banner);
    inner->addWidget(makeButtons());
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
    connectAll();
    showAdvanced(false);
}

void NewCertificateForm::fillForm()
{
    m_names->setObjectName(u"newCertificateNames"_s);
    m_names->setPlaceholderText(u"www.example.org\n*.example.org\n192.0.2.7"_s);
    m_names->setFixedHeight(namesHeight);
    m_names->setTabChangesFocus(true);
    m_form->addRow(u"names"_s, tr("Na&mes"), m_names,
                   tr("DNS names, wildcards or IP addresses; one a line or between blanks."));
    m_form->addWide(m_warnings);
    m_form->addRow(u"authority"_s, tr("A&uthority"), m_authority);
    m_form->addRow(u"proof"_s, tr("&Proof"), m_proof,
                   tr("The authority fetches the answer from port 80 of each name."));
    m_form->addUnlabelled(m_finder);
    m_form->addRow(u"check"_s, tr("Check"), m_check);
    m_accountForm->addRow(u"account"_s, tr("Acc&ount"), m_account);
}

QWidget* NewCertificateForm::makeAdvanced()
{
    m_toggle->setObjectName(u"newCertificateAdvanced"_s);
    m_toggle->setText(tr("Account, key, vali&dity and more"));
    m_toggle->setAccessibleName(tr("Show account, key, validity and more"));
    m_toggle->setCheckable(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_advanced = new QWidget;
    auto* layout = new QVBoxLayout(m_advanced);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_accountForm);
    layout->addWidget(m_options);
    return m_advanced;
}

QWidget* NewCertificateForm::makeButtons()
{
    auto* row = new QWidget;
    QPushButton* cancel = makeButton(tr("Ca&ncel"), u"newCertificateCancel"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_working, 1);
    layout->addWidget(cancel);
    layout->addWidget(m_issue);
    connect(cancel, &QPushButton::clicked, this, &NewCertificateForm::leave);
    return row;
}

void NewCertificateForm::connectAll()
{
    connect(m_issue, &QPushButton::clicked, this, &NewCertificateForm::issue);
    connect(m_toggle, &QToolButton::toggled, this, &NewCertificateForm::showAdvanced);
    connect(m_names, &QPlainTextEdit::textChanged, this, [this] {
        m_check->clear();
        checkNames(false);
    });
    connect(m_authority, &QComboBox::currentIndexChanged, this, &NewCertificateForm::showAuthority);
    connect(m_account, &QComboBox::currentIndexChanged, this, [this] { askAboutNames(typedNames()); });
    connect(m_options, &OrderOptionsForm::requestChanged, this, &NewCertificateForm::followRequest);
    connect(m_finder, &ProofFinder::found, this, &NewCertificateForm::takeWay);
    connect(m_proof, &ProofForm::chosenByOperator, m_finder, &ProofFinder::stop);
    connect(m_check, &NameCheck::wayChosen, m_proof, &ProofForm::take);
    connect(m_proof, &ProofForm::changed, this, [this] {
        m_check->clear();
        m_form->setFault(u"proof"_s, QString());
        showProofHint();
    });
}

void NewCertificateForm::begin(const QString& authorityId)
{
    ++m_filledIn;
    m_names->clear();
    m_options->clear();
    m_proof->begin();
    m_finder->stop();
    m_check->clear();
    m_form->clearFaults();
    m_banner->hide();
    m_working->clear();
    m_issue->setEnabled(true);
    m_workspace.manager.authorities(this, [this, authorityId](base::Result<QList<lifecycle::Authority>> authorities) {
        if (!authorities)
            return m_banner->showError(authorities.error());
        m_authorities = *authorities;
        m_workspace.manager.accounts(this, [this, authorityId](base::Result<QList<lifecycle::Account>> accounts) {
            if (!accounts)
                return m_banner->showError(accounts.error());
            takeAccounts(*accounts, authorityId);
        });
    });
    m_workspace.manager.tags(this, [this](base::Result<QList<lifecycle::TagUse>> tags) {
        m_options->offerTags(lifecycle::tagNames(tags.value_or(QList<lifecycle::TagUse>())));
    });
    m_names->setFocus();
}

QWidget* NewCertificateForm::names() const
{
    return m_names;
}

void NewCertificateForm::takeAccounts(const QList<lifecycle::Account>& accounts, const QString& authorityId)
{
    m_accounts = accounts;
    fillAuthorities(authorityId);
    if (m_authorities.isEmpty())
        m_banner->showMessage(Severity::Attention, tr("A certificate comes from an authority, and none is known yet."),
                              {tr("&Add an authority"), [this] { m_workspace.navigator.addAuthority(); }});
}

void NewCertificateForm::fillAuthorities(const QString& authorityId)
{
    const QString last = m_workspace.settings.value(u"newCertificate/authority"_s).toString();
    const QSignalBlocker blocker(m_authority);
    m_authority->clear();
    for (const lifecycle::Authority& authority : m_authorities)
        m_authority->addItem(authority.name, authority.id);
    const int wanted = m_authority->findData(authorityId.isEmpty() ? last : authorityId);
    m_authority->setCurrentIndex(std::max(0, wanted));
    showAuthority();
}

const lifecycle::Authority* NewCertificateForm::chosenAuthority() const
{
    const QString id = m_authority->currentData().toString();
    const auto found = std::find_if(m_authorities.cbegin(), m_authorities.cend(),
                                    [&](const lifecycle::Authority& authority) { return authority.id == id; });
    return found == m_authorities.cend() ? nullptr : &*found;
}

void NewCertificateForm::showAuthority()
{
    const lifecycle::Authority* authority = chosenAuthority();
    if (!authority)
        return;
    m_banner->hide();
    m_check->clear();
    m_account->clear();
    for (const lifecycle::Account& account : m_accounts)
        if (account.authorityId == authority->id && account.status == lifecycle::Account::Status::Valid)
            m_account->addItem(accountText(account), account.id);
    m_options->offer(*authority);
    m_proof->propose(*authority, m_workspace.settings);
    lookForWay(typedNames());
    showProofHint();
    if (m_account->count() == 0)
        m_banner->showMessage(
            Severity::Attention, tr("There is no account with “%1” yet.").arg(authority->name),
            {tr("&Register one"), [this, id = authority->id] { m_workspace.navigator.registerAccount(id); }});
    if (authority->meta.kind == u"pebble" && m_names->toPlainText().isEmpty()) {
        m_names->setPlainText(u"practice.localhost"_s);
        m_names->selectAll();
    }
}

void NewCertificateForm::followRequest()
{
    const QStringList names = base::identifierValues(m_options->requestedNames());
    if (!names.isEmpty())
        m_names->setPlainText(names.join(u'\n'));
    m_names->setReadOnly(m_options->usesRequest());
}

void NewCertificateForm::showProofHint()
{
    const lifecycle::Authority* authority = chosenAuthority();
    QString hint = m_proof->hint();
    if (hint.isEmpty())
        hint = authority && authority->meta.kind == u"pebble"
            ? tr("The practice CA fetches the answer from the port proposed here.")
            : tr("The authority fetches the answer from port 80 of each name.");
    m_form->setHint(u"proof"_s, hint);
}

void NewCertificateForm::showAdvanced(bool shown)
{
    m_toggle->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    m_advanced->setVisible(shown);
}

std::optional<QList<base::Identifier>> NewCertificateForm::checkNames(bool focus)
{
    const QStringList texts = splitWords(m_names->toPlainText());
    auto parsed = base::parseIdentifiers(texts);
    askAboutNames(parsed.value_or(QList<base::Identifier>()));
    if (parsed && (!focus || !parsed->isEmpty())) {
        m_form->setFault(u"names"_s, QString());
        return *std::move(parsed);
    }
    m_form->setFault(u"names"_s, parsed ? tr("Type at least one name.") : explain(parsed.error()).sentence(), focus);
    return std::nullopt;
}

void NewCertificateForm::askAboutNames(const QList<base::Identifier>& names)
{
    m_warnings->ask({names, m_authority->currentData().toString(), m_account->currentData().toString(), QString()});
    lookForWay(names);
}

QList<base::Identifier> NewCertificateForm::typedNames() const
{
    return base::parseIdentifiers(splitWords(m_names->toPlainText())).value_or(QList<base::Identifier>());
}

lifecycle::ProofSearch NewCertificateForm::searchFor(const QList<base::Identifier>& names)
{
    lifecycle::ProofSearch search;
    search.names = names;
    search.authorityId = m_authority->currentData().toString();
    search.accountId = m_account->currentData().toString();
    m_proof->describe(search);
    return search;
}

void NewCertificateForm::lookForWay(const QList<base::Identifier>& names)
{
    if (!isVisible() || m_proof->isOwnChoice())
        m_finder->stop();
    else
        m_finder->ask(searchFor(names));
}

void NewCertificateForm::takeWay(const challenge::ProofSettings& proof)
{
    if (!m_proof->choose(proof)) // its solver is gone by now
        m_finder->stop();
}

void NewCertificateForm::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    lookForWay(typedNames());
}

void NewCertificateForm::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_finder->stop();
}

std::optional<lifecycle::IssueRequest> NewCertificateForm::entered()
{
    const auto names = checkNames(true);
    if (!names)
        return std::nullopt;
    const lifecycle::Authority* authority = chosenAuthority();
    if (!authority) {
        m_form->setFault(u"authority"_s, tr("Add an authority first."), true);
        return std::nullopt;
    }
    auto proof = m_proof->entered();
    if (!proof) {
        m_form->setFault(u"proof"_s, proof.error().detail(), true);
        return std::nullopt;
    }
    lifecycle::IssueRequest request;
    request.names = *names;
    request.authorityId = authority->id;
    request.accountId = m_account->currentData().toString();
    request.proof = *std::move(proof);
    if (!m_options->fill(request))
        return std::nullopt;
    return request;
}

std::optional<lifecycle::CheckRequest> NewCertificateForm::toCheck()
{
    m_form->clearFaults();
    const auto request = entered();
    m_finder->interrupt(); // what is on screen is checked
    if (!request)
        return std::nullopt;
    lifecycle::CheckRequest check;
    check.names = request->names;
    check.authorityId = request->authorityId;
    check.accountId = request->accountId;
    check.proof = request->proof;
    check.newSolver = m_proof->newSolver();
    return check;
}

void NewCertificateForm::issue()
{
    m_form->clearFaults();
    m_banner->hide();
    const auto request = entered();
    m_finder->interrupt(); // what is on screen is ordered
    if (!request)
        return;
    const lifecycle::Authority* authority = chosenAuthority();
    m_proof->remember(*authority, m_workspace.settings);
    m_workspace.settings.setValue(u"newCertificate/authority"_s, authority->id);
    m_issue->setEnabled(false);
    m_working->setText(tr("Checking the proof and placing the order…"));
    const auto solver = m_proof->newSolver();
    if (solver)
        storeSolver(*solver, *request, *authority);
    else
        place(*request, m_filledIn);
}

void NewCertificateForm::leave()
{
    ++m_filledIn;
    Q_EMIT cancelled();
}

bool NewCertificateForm::wasLeft(int form) const
{
    return form != m_filledIn || isHidden();
}

void NewCertificateForm::storeSolver(const lifecycle::SolverDetails& solver, const lifecycle::IssueRequest& request,
                                     const lifecycle::Authority& authority)
{
    const auto reply = [this, request, authority, form = m_filledIn](base::Result<challenge::SolverSettings> stored) {
        if (wasLeft(form))
            return stored ? m_workspace.navigator.tell(
                       tr("“%1” is kept. Nothing was ordered, since the form was left before.").arg(stored->name))
                          : m_workspace.navigator.tell(stored.error());
        if (!stored)
            return answered(tl::unexpected(stored.error()));
        m_proof->offer(*stored);
        m_proof->remember(authority, m_workspace.settings);
        lifecycle::IssueRequest complete = request;
        complete.proof = challenge::ProofSettings::dns(request.proof.challengeType, *stored);
        place(complete, form);
    };
    m_workspace.manager.putSolver(solver, request.names.constFirst(), this, reply, authority.resolvers);
}

void NewCertificateForm::place(const lifecycle::IssueRequest& request, int form)
{
    const QString names = namesText(base::identifierValues(request.names));
    m_workspace.manager.placeOrder(request, this, [this, form, names](base::Result<QString> id) {
        if (!wasLeft(form))
            answered(id);
        else if (id)
            m_workspace.navigator.tell(
                tr("The order for %1 had been placed already. It is listed among the orders.").arg(names));
        else
            m_workspace.navigator.tell(id.error());
    });
}

void NewCertificateForm::answered(const base::Result<QString>& orderId)
{
    m_issue->setEnabled(true);
    m_working->clear();
    if (orderId)
        Q_EMIT placed(*orderId);
    else
        showFailure(orderId.error());
}

void NewCertificateForm::showFailure(const base::Error& error)
{
    static const QStringList proofFields {u"listenAddress"_s, u"webroot"_s,    u"webrootHost"_s, u"solver"_s,
                                          u"server"_s,        u"tsigFile"_s,   u"program"_s,     u"cleanUpProgram"_s,
                                          u"provider"_s,      u"credentials"_s};
    const bool aboutProof = proofFields.contains(error.field()) || error.code() == base::ErrorCode::AddressInUse;
    if (aboutProof)
        m_form->setFault(u"proof"_s, explain(error).sentence(), true);
    if (aboutProof && error.code() != base::ErrorCode::AddressInUse)
        return;
    if (!m_form->showError(error) && !m_accountForm->showError(error) && !m_options->showError(error))
        m_banner->showError(error);
}

} // namespace ui
