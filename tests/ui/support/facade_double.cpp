// SPDX-License-Identifier: Apache-2.0
#include "ui/support/facade_double.h"

#include "ui/support/facade_answers.h"

#include "lifecycle/certificate_filter.h"
#include "lifecycle/engine.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
/// There are two CertificateManagers where core is a shared library: this one, which is the one that is called, and the
/// real one.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options()
{
    return "detect_odr_violation=0";
}
#endif

namespace support {

Scene& scene()
{
    static Scene instance;
    return instance;
}

void answerHeld()
{
    scene().held.clear();
    const auto answers = std::exchange(scene().heldAnswers, {});
    for (const auto& answer : answers)
        answer();
}

std::unique_ptr<lifecycle::CertificateManager> makeFacade()
{
    alignas(lifecycle::Engine) static std::byte place[sizeof(lifecycle::Engine)];
    return std::make_unique<lifecycle::CertificateManager>(reinterpret_cast<lifecycle::Engine&>(place),
                                                           lifecycle::PracticeStarter());
}

} // namespace support

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using support::answer;
using support::answerWhenStopped;
using support::scene;

OrderRow rowOf(const OrderDetails& order)
{
    OrderRow row;
    row.id = order.record.id;
    row.certificateId = order.record.request.certificateId;
    row.names = base::identifierValues(order.record.request.names);
    for (const Authority& authority : scene().authorities)
        if (authority.id == order.record.request.authorityId)
            row.authorityName = authority.name;
    row.state = order.record.state;
    row.url = order.record.url;
    row.createdAt = order.record.createdAt;
    row.updatedAt = order.record.updatedAt;
    row.error = order.record.error ? order.record.error->message() : QString();
    row.awaitsApproval = isApprovalPending(order.record.error);
    row.running = order.running;
    return row;
}

bool isRetired(const CertificateRow& row)
{
    return row.state == CertificateState::Expired || row.state == CertificateState::Revoked;
}

bool matches(const CertificateRow& row, const CertificateFilter& filter)
{
    const auto hasTag = [&row](const QString& key) {
        return std::any_of(row.tags.begin(), row.tags.end(),
                           [&key](const QString& tag) { return Tag::keyOf(tag) == key; });
    };
    return row.names.join(u' ').contains(filter.words.trimmed()) && !(filter.anyTag && row.tags.isEmpty())
        && std::all_of(filter.tagKeys.begin(), filter.tagKeys.end(), hasTag);
}

CertificatePage pageOf(const CertificateQuery& query)
{
    CertificatePage page;
    page.total = static_cast<int>(scene().certificates.size());
    QList<CertificateRow> matching;
    for (const CertificateDetails& details : scene().certificates) {
        if (!matches(details.row, CertificateFilter::parse(query.filter)))
            continue;
        if (isRetired(details.row) && !query.showRetired)
            ++page.hidden;
        else
            matching += details.row;
    }
    page.matching = static_cast<int>(matching.size());
    page.rows = matching.mid(query.offset, query.limit);
    return page;
}

} // namespace

CertificateManager::CertificateManager(Engine& engine, PracticeStarter practice, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_practice(std::move(practice))
{
}

CertificateManager::~CertificateManager() = default;

void CertificateManager::vaultStatus(QObject* context, Reply<VaultStatus> reply)
{
    answer<VaultStatus>(u"vaultStatus"_s, context, std::move(reply), scene().vault);
}

void CertificateManager::createVault(SharedSecret passphrase, QObject* context, Reply<void> reply)
{
    scene().passphrase = QString::fromUtf8(passphrase->view());
    scene().vault = {true, true, true, {SlotKind::Passphrase}};
    answer<void>(u"createVault"_s, context, std::move(reply), {});
}

void CertificateManager::createVaultInKeyring(QObject* context, Reply<void> reply)
{
    base::Result<void> result;
    if (scene().keyringAnswers)
        scene().vault = {true, true, true, {SlotKind::Keyring}};
    else
        result = base::failed(base::ErrorCode::Unsupported, u"no keyring"_s);
    answer<void>(u"createVaultInKeyring"_s, context, std::move(reply), std::move(result));
}

void CertificateManager::unlockVault(SharedSecret passphrase, QObject* context, Reply<void> reply)
{
    base::Result<void> result;
    if (passphrase->view() != scene().passphrase.toUtf8())
        result = base::failed(base::ErrorCode::WrongPassphrase, u"no slot opens"_s);
    answer<void>(u"unlockVault"_s, context, std::move(reply), std::move(result));
}

void CertificateManager::unlockVaultFromKeyring(QObject* context, Reply<void> reply)
{
    scene().vault.operatorOpen = true;
    answer<void>(u"unlockVaultFromKeyring"_s, context, std::move(reply), {});
}

void CertificateManager::addPassphrase(SharedSecret, QObject* context, Reply<void> reply)
{
    answer<void>(u"addPassphrase"_s, context, std::move(reply), {});
}

void CertificateManager::lockVault()
{
    scene().vault.operatorOpen = false;
    Q_EMIT changed(Change::Vault);
}

void CertificateManager::authorities(QObject* context, Reply<QList<Authority>> reply)
{
    answer<QList<Authority>>(u"authorities"_s, context, std::move(reply), scene().authorities);
}

void CertificateManager::previewAuthority(AuthorityDetails details, QObject* context, Reply<AuthorityPreview> reply,
                                          std::stop_token stop)
{
    if (scene().neverAnswers.contains(u"previewAuthority"_s))
        return answerWhenStopped<AuthorityPreview>(context, std::move(reply), stop);
    scene().previewedAuthority = details;
    AuthorityPreview preview = scene().preview;
    if (preview.details.directoryUrl.isEmpty())
        preview.details = details;
    answer<AuthorityPreview>(u"previewAuthority"_s, context, std::move(reply), preview);
}

void CertificateManager::addAuthority(AuthorityDetails details, QObject* context, Reply<Authority> reply,
                                      std::stop_token)
{
    scene().addedAuthority = details;
    Authority authority;
    authority.id = u"added"_s;
    authority.name = details.name;
    authority.directoryUrl = QUrl(details.directoryUrl);
    authority.meta = scene().preview.meta;
    if (!scene().errors.contains(u"addAuthority"_s))
        scene().authorities += authority;
    answer<Authority>(u"addAuthority"_s, context, std::move(reply), authority);
}

void CertificateManager::updateAuthority(QString, AuthorityDetails, QObject* context, Reply<Authority> reply,
                                         std::stop_token stop)
{
    if (scene().neverAnswers.contains(u"updateAuthority"_s))
        return answerWhenStopped<Authority>(context, std::move(reply), stop);
    answer<Authority>(u"updateAuthority"_s, context, std::move(reply), Authority());
}

void CertificateManager::refreshAuthority(QString, QObject* context, Reply<Authority> reply)
{
    answer<Authority>(u"refreshAuthority"_s, context, std::move(reply), scene().authorities.value(0));
}

void CertificateManager::removeAuthority(QString, QObject* context, Reply<void> reply)
{
    answer<void>(u"removeAuthority"_s, context, std::move(reply), {});
}

void CertificateManager::authorityConditions(QObject* context, Reply<QList<AuthorityCondition>> reply)
{
    answer<QList<AuthorityCondition>>(u"authorityConditions"_s, context, std::move(reply), scene().conditions);
}

void CertificateManager::checkAuthority(QString, QObject* context, Reply<AuthorityCondition> reply)
{
    answer<AuthorityCondition>(u"checkAuthority"_s, context, std::move(reply), scene().conditions.value(0));
}

void CertificateManager::changeRoots(QString, RootChange change, QObject* context, Reply<Authority> reply,
                                     std::stop_token)
{
    scene().rootChange = change;
    if (!scene().errors.contains(u"changeRoots"_s))
        scene().conditions.clear();
    answer<Authority>(u"changeRoots"_s, context, std::move(reply), scene().authorities.value(0));
}

void CertificateManager::rootUses(QString, QObject* context, Reply<QList<RootUse>> reply)
{
    answer<QList<RootUse>>(u"rootUses"_s, context, std::move(reply), scene().rootUses);
}

void CertificateManager::certificatesUnderRoot(RootQuery query, QObject* context, Reply<RootPage> reply)
{
    scene().rootQuery = query;
    RootPage page;
    for (const CertificateDetails& details : scene().certificates)
        if (query.tag.isEmpty() || details.row.tags.contains(query.tag))
            page.rows += details.row;
    page.total = static_cast<int>(page.rows.size());
    answer<RootPage>(u"certificatesUnderRoot"_s, context, std::move(reply), page);
}

void CertificateManager::reissue(QString, QStringList certificateIds, QObject* context, Reply<Reissue> reply)
{
    scene().reissued = certificateIds;
    answer<Reissue>(u"reissue"_s, context, std::move(reply), Reissue {static_cast<int>(certificateIds.size()), {}, {}});
}

void CertificateManager::reissueAll(RootQuery query, QObject* context, Reply<Reissue> reply)
{
    scene().rootQuery = query;
    answer<Reissue>(u"reissueAll"_s, context, std::move(reply), Reissue {3, {}, {}});
}

void CertificateManager::planRebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply, std::stop_token)
{
    scene().rebindRequest = request;
    answer<RebindPlan>(u"planRebind"_s, context, std::move(reply), scene().rebindPlan);
}

void CertificateManager::rebind(RebindRequest request, QObject* context, Reply<RebindPlan> reply, std::stop_token)
{
    scene().rebindRequest = request;
    answer<RebindPlan>(u"rebind"_s, context, std::move(reply), scene().rebindPlan);
}

void CertificateManager::startPracticeAuthority(QObject* context, Reply<Authority> reply)
{
    answer<Authority>(u"startPracticeAuthority"_s, context, std::move(reply), scene().authorities.value(0));
}

void CertificateManager::accounts(QObject* context, Reply<QList<Account>> reply)
{
    answer<QList<Account>>(u"accounts"_s, context, std::move(reply), scene().accounts);
}

void CertificateManager::registerAccount(AccountDetails details, QObject* context, Reply<Account> reply,
                                         std::stop_token stop)
{
    if (scene().neverAnswers.contains(u"registerAccount"_s))
        return answerWhenStopped<Account>(context, std::move(reply), stop);
    scene().registeredAccount = details;
    Account account;
    account.id = u"registered"_s;
    account.authorityId = details.authorityId;
    account.contacts = details.contacts;
    account.status = Account::Status::Valid;
    if (!scene().errors.contains(u"registerAccount"_s))
        scene().accounts += account;
    answer<Account>(u"registerAccount"_s, context, std::move(reply), account);
}

void CertificateManager::resumeAccount(QString, QObject* context, Reply<Account> reply)
{
    answer<Account>(u"resumeAccount"_s, context, std::move(reply), scene().accounts.value(0));
}

namespace {

/// The scene's account, changed so; NotFound where it has none of that id.
base::Result<Account> changedAccount(const QString& id, const std::function<void(Account&)>& change)
{
    for (Account& account : scene().accounts)
        if (account.id == id) {
            change(account);
            return account;
        }
    return base::failed(base::ErrorCode::NotFound, id);
}

} // namespace

void CertificateManager::findAccount(QString id, QObject* context, Reply<Account> reply)
{
    answer<Account>(u"findAccount"_s, context, std::move(reply), changedAccount(id, [](Account&) {}));
}

void CertificateManager::updateAccountContacts(QString id, QStringList contacts, QObject* context, Reply<Account> reply,
                                               std::stop_token)
{
    answer<Account>(u"updateAccountContacts"_s, context, std::move(reply),
                    changedAccount(id, [&contacts](Account& account) { account.contacts = contacts; }));
}

void CertificateManager::agreeToTerms(QString id, QUrl read, QObject* context, Reply<Account> reply)
{
    answer<Account>(u"agreeToTerms"_s, context, std::move(reply),
                    changedAccount(id, [&read](Account& account) { account.termsUrl = read; }));
}

void CertificateManager::rollOverAccountKey(QString id, std::optional<crypto::KeyType> type, RolloverNotice step,
                                            QObject* context, Reply<Account> reply, std::stop_token stop)
{
    if (scene().neverAnswers.contains(u"rollOverAccountKey"_s)) {
        step(RolloverStep::KeyStored);
        return answerWhenStopped<Account>(context, std::move(reply), stop);
    }
    scene().rolledOverTo = type;
    const bool fails = scene().errors.contains(u"rollOverAccountKey"_s);
    answer<Account>(u"rollOverAccountKey"_s, context, std::move(reply),
                    changedAccount(id, [type, fails](Account& account) {
                        if (fails)
                            return;
                        account.keyType = type.value_or(account.keyType);
                        account.rollover.reset();
                    }));
}

void CertificateManager::abandonRollover(QString id, QObject* context, Reply<Account> reply, std::stop_token)
{
    answer<Account>(u"abandonRollover"_s, context, std::move(reply),
                    changedAccount(id, [](Account& account) { account.rollover.reset(); }));
}

void CertificateManager::deactivateAccount(QString id, QObject* context, Reply<Account> reply)
{
    answer<Account>(u"deactivateAccount"_s, context, std::move(reply),
                    changedAccount(id, [](Account& account) { account.status = Account::Status::Deactivated; }));
}

void CertificateManager::accountDependents(QString, QObject* context, Reply<AccountDependents> reply)
{
    answer<AccountDependents>(u"accountDependents"_s, context, std::move(reply), scene().dependents);
}

void CertificateManager::accountOrders(QString, AccountOrderCursor from, QObject* context,
                                       Reply<AccountOrderPage> reply, std::stop_token)
{
    AccountOrderPage page;
    page.orders = scene().accountOrders.mid(from.offset, 2);
    if (from.offset + 2 < scene().accountOrders.size())
        page.next = AccountOrderCursor {QUrl(u"https://ca.corp.example/orders"_s), from.offset + 2};
    answer<AccountOrderPage>(u"accountOrders"_s, context, std::move(reply), page);
}

void CertificateManager::lookForAccounts(AccountImport, QObject* context, Reply<QList<ImportedAccount>> reply)
{
    answer<QList<ImportedAccount>>(u"lookForAccounts"_s, context, std::move(reply), scene().foundAccounts);
}

void CertificateManager::importAccounts(AccountImport wanted, QObject* context, Reply<QList<ImportedAccount>> reply,
                                        std::stop_token)
{
    scene().importedAccounts = wanted;
    QList<ImportedAccount> outcomes = scene().foundAccounts;
    for (ImportedAccount& account : outcomes)
        if (wanted.thumbprints.contains(account.keyThumbprint))
            account.outcome = ImportedAccount::Outcome::Imported;
    answer<QList<ImportedAccount>>(u"importAccounts"_s, context, std::move(reply), outcomes);
}

void CertificateManager::solvers(QObject* context, Reply<QList<challenge::SolverSettings>> reply)
{
    answer<QList<challenge::SolverSettings>>(u"solvers"_s, context, std::move(reply), scene().solvers);
}

void CertificateManager::putSolver(SolverDetails details, base::Identifier, QObject* context,
                                   Reply<challenge::SolverSettings> reply, QStringList)
{
    scene().putSolver = details;
    challenge::SolverSettings settings {u"s9"_s, u"acme at "_s + details.server, details.server};
    answer<challenge::SolverSettings>(u"putSolver"_s, context, std::move(reply), settings);
}

void CertificateManager::credentials(QObject* context, Reply<QList<EabCredential>> reply)
{
    answer<QList<EabCredential>>(u"credentials"_s, context, std::move(reply), scene().credentials);
}

void CertificateManager::addCredential(EabDetails details, QObject* context, Reply<EabAdded> reply)
{
    scene().addedCredential = details;
    EabAdded added;
    added.keyBytes = 44;
    added.needsAnswer = scene().eabKeyLooksEncodedTwice && !details.decodeOnceMore;
    added.credential.id = u"credential"_s;
    added.credential.kid = details.kid;
    added.credential.authorityId = details.authorityId;
    if (!added.needsAnswer)
        scene().credentials += added.credential;
    answer<EabAdded>(u"addCredential"_s, context, std::move(reply), added);
}

void CertificateManager::addSolver(SolverDetails details, QObject* context, Reply<challenge::SolverSettings> reply)
{
    scene().putSolver = details;
    challenge::SolverSettings settings {u"s9"_s, details.name};
    settings.method = details.method;
    scene().solvers += settings;
    answer<challenge::SolverSettings>(u"addSolver"_s, context, std::move(reply), settings);
}

void CertificateManager::removeSolver(QString id, QObject* context, Reply<void> reply)
{
    scene().solvers.removeIf([&id](const challenge::SolverSettings& solver) { return solver.id == id; });
    answer<void>(u"removeSolver"_s, context, std::move(reply), {});
}

void CertificateManager::testSolver(QString id, base::Identifier name, QStringList resolvers, QObject* context,
                                    Reply<QString> reply, std::stop_token stop)
{
    scene().testedSolver = id + u' ' + name.value();
    scene().testResolvers = std::move(resolvers);
    scene().solverTestStop = stop;
    if (scene().neverAnswers.contains(u"testSolver"_s))
        return answerWhenStopped<QString>(context, std::move(reply), std::move(stop));
    answer<QString>(u"testSolver"_s, context, std::move(reply), u"_acme-challenge.%1"_s.arg(name.value()));
}

void CertificateManager::removeCredential(QString, QObject* context, Reply<void> reply)
{
    answer<void>(u"removeCredential"_s, context, std::move(reply), {});
}

void CertificateManager::placeOrder(IssueRequest request, QObject* context, Reply<QString> reply)
{
    scene().placedOrder = request;
    answer<QString>(u"placeOrder"_s, context, std::move(reply),
                    scene().orders.isEmpty() ? QString() : scene().orders.first().record.id);
}

void CertificateManager::resumeOrder(QString, QObject* context, Reply<void> reply)
{
    answer<void>(u"resumeOrder"_s, context, std::move(reply), {});
}

void CertificateManager::cancelOrder(QString, QObject* context, Reply<void> reply)
{
    answer<void>(u"cancelOrder"_s, context, std::move(reply), {});
}

void CertificateManager::retryOrder(QString, RetriedNames which, QObject* context, Reply<QString> reply)
{
    scene().retriedNames = which;
    answer<QString>(u"retryOrder"_s, context, std::move(reply),
                    scene().orders.isEmpty() ? QString() : scene().orders.first().record.id);
}

void CertificateManager::orderReport(QString id, QString explanation, QObject* context, Reply<QString> reply)
{
    answer<QString>(u"orderReport"_s, context, std::move(reply), u"# Order %1\n\n%2\n"_s.arg(id, explanation));
}

void CertificateManager::checkOrderNow(QString)
{
    scene().calls += u"checkOrderNow"_s;
}

void CertificateManager::order(QString id, QObject* context, Reply<OrderDetails> reply, int afterSequence)
{
    const auto& orders = scene().orders;
    const auto found =
        std::find_if(orders.begin(), orders.end(), [&](const OrderDetails& order) { return order.record.id == id; });
    if (found == orders.end())
        return answer<OrderDetails>(u"order"_s, context, std::move(reply), base::failed(base::ErrorCode::NotFound, id));
    OrderDetails details = *found;
    details.events.removeIf([afterSequence](const OrderEvent& event) { return event.sequence <= afterSequence; });
    answer<OrderDetails>(u"order"_s, context, std::move(reply), details);
}

void CertificateManager::deactivateAuthorizations(QString, QObject* context, Reply<QList<GivenUpAuthorization>> reply)
{
    const QList<GivenUpAuthorization> outcomes {{u"www.corp.example"_s, u"deactivated"_s, {}}};
    answer<QList<GivenUpAuthorization>>(u"deactivateAuthorizations"_s, context, std::move(reply), outcomes);
}

void CertificateManager::orders(int offset, int limit, QObject* context, Reply<QList<OrderRow>> reply)
{
    QList<OrderRow> rows;
    for (const OrderDetails& order : scene().orders.mid(offset, limit))
        rows += rowOf(order);
    answer<QList<OrderRow>>(u"orders"_s, context, std::move(reply), rows);
}

void CertificateManager::certificates(CertificateQuery query, QObject* context, Reply<CertificatePage> reply)
{
    answer<CertificatePage>(u"certificates"_s, context, std::move(reply), pageOf(query));
}

void CertificateManager::certificate(QString id, QObject* context, Reply<CertificateDetails> reply)
{
    const auto& all = scene().certificates;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const CertificateDetails& details) { return details.row.id == id; });
    if (found == all.end())
        return answer<CertificateDetails>(u"certificate"_s, context, std::move(reply),
                                          base::failed(base::ErrorCode::NotFound, id));
    answer<CertificateDetails>(u"certificate"_s, context, std::move(reply), *found);
}

void CertificateManager::exportCertificate(ExportRequest request, QObject* context, Reply<void> reply)
{
    const bool overwrite = request.overwrite;
    scene().exportRequest = std::move(request);
    if (overwrite)
        scene().errors.remove(u"exportCertificate"_s);
    answer<void>(u"exportCertificate"_s, context, std::move(reply), {});
}

void CertificateManager::revokeCertificate(RevokeRequest request, QObject* context, Reply<void> reply)
{
    scene().revokeRequest = request;
    answer<void>(u"revokeCertificate"_s, context, std::move(reply), {});
}

void CertificateManager::renewCertificate(QString, QObject* context, Reply<QString> reply)
{
    answer<QString>(u"renewCertificate"_s, context, std::move(reply),
                    scene().orders.isEmpty() ? QString() : scene().orders.first().record.id);
}

void CertificateManager::renewCertificateWith(QString, QByteArray csr, QObject* context, Reply<QString> reply)
{
    scene().freshCsr = csr;
    answer<QString>(u"renewCertificateWith"_s, context, std::move(reply),
                    scene().orders.isEmpty() ? QString() : scene().orders.first().record.id);
}

void CertificateManager::tags(QObject* context, Reply<QList<TagUse>> reply)
{
    QList<TagUse> uses;
    for (const CertificateDetails& details : scene().certificates)
        for (const QString& name : details.row.tags)
            if (!tagNames(uses).contains(name))
                uses.append({name, 1});
    answer<QList<TagUse>>(u"tags"_s, context, std::move(reply), uses);
}

void CertificateManager::changeTags(TagChange change, QObject* context, Reply<int> reply)
{
    scene().tagChange = change;
    answer<int>(u"changeTags"_s, context, std::move(reply), static_cast<int>(change.certificateIds.size()));
}

void CertificateManager::removeCertificate(QString, QObject* context, Reply<void> reply)
{
    answer<void>(u"removeCertificate"_s, context, std::move(reply), {});
}

void CertificateManager::overview(QObject* context, Reply<Overview> reply)
{
    answer<Overview>(u"overview"_s, context, std::move(reply), scene().overview);
}

void CertificateManager::events(EventQuery query, QObject* context, Reply<QList<Event>> reply)
{
    answer<QList<Event>>(u"events"_s, context, std::move(reply), scene().events.mid(query.offset, query.limit));
}

} // namespace lifecycle
