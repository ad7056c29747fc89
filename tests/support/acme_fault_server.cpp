// SPDX-License-Identifier: Apache-2.0
#include "support/acme_fault_server.h"

#include "base/identifier.h"
#include "jose/jwk.h"
#include "support/acme_fault_server_ca.h"

#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int rateLimitWait = 17; // seconds
constexpr qint64 hugeBody = 100'000'000;

crypto::Identity tlsIdentity(const crypto::Identity& root)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto names = base::parseIdentifiers({u"localhost"_s, u"127.0.0.1"_s}).value();
    return crypto::issueServerCertificate(root, names, crypto::KeyType::EcP256, now.addDays(-1), now.addYears(1))
        .value();
}

ServedAnswer rateLimited(const QByteArray& retryAfter)
{
    ServedAnswer answer = problemAnswer(429, u"rateLimited"_s, u"too many of them"_s);
    answer.headers.append(qMakePair("Retry-After"_ba, retryAfter));
    return answer;
}

ServedAnswer htmlPage(int status)
{
    return ServedAnswer {status,
                         {{"Content-Type", "text/html"}},
                         "<html><head><title>Oops</title></head><body><h1>Something broke</h1></body></html>"};
}

void removeHeader(ServedAnswer& answer, const QByteArray& name)
{
    answer.headers.removeIf([&name](const auto& field) { return field.first == name; });
}

void makeRelative(ServedAnswer& answer, const QByteArray& origin)
{
    answer.body.replace(origin, "");
    answer.body.replace(QByteArray(origin).replace("/", "\\/"), "");
    for (auto& field : answer.headers)
        if (field.first == "Location")
            field.second.replace(origin, "");
}

void replaceStatus(ServedAnswer& answer)
{
    const qsizetype start = answer.body.indexOf("\"status\":\"") + 10;
    answer.body.replace(start, answer.body.indexOf('"', start) - start, "frobnicated");
}

QJsonObject payloadOf(const ServedRequest& request)
{
    const QByteArray encoded = QJsonDocument::fromJson(request.body)[u"payload"_s].toString().toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(encoded, QByteArray::Base64UrlEncoding)).object();
}

bool isUnprocessed(Fault fault)
{
    switch (fault) {
    case Fault::ResetBeforeProcessing:
    case Fault::BadNonce:
    case Fault::MuteBadNonce:
    case Fault::InternalErrorHtml:
    case Fault::RateLimitedSeconds:
    case Fault::RateLimitedDate:
    case Fault::RedirectToHttp:
        return true;
    default:
        return false;
    }
}

} // namespace

class AcmeFaultServer::Private {
public:
    Private();

    ServedAnswer serve(const ServedRequest& received);
    ServedAnswer honest(Step step, const ServedRequest& request);
    ServedAnswer refuse(Fault fault);
    void spoil(ServedAnswer& answer, Fault fault);

    void serveUnder(const crypto::Identity& root, bool sendsRoot);

    TestCa ca;
    crypto::Identity tlsRoot = ca.root;
    crypto::Identity formerTlsRoot = ca.root;
    QByteArray prefix; ///< of every path
    crypto::Identity tls = tlsIdentity(ca.root);
    TlsHttpServer server {tls.certificate.pem(), tls.key.toPem().view().toByteArray()};
    QMap<Step, QList<Fault>> faults;
    QMap<Step, int> requests;
    Manner manner;
    Refusal refusal;
};

AcmeFaultServer::Private::Private()
{
    ca.origin = server.url(QString()).toEncoded();
    server.setHandler([this](const ServedRequest& request) { return serve(request); });
}

void AcmeFaultServer::Private::serveUnder(const crypto::Identity& root, bool sendsRoot)
{
    formerTlsRoot = std::exchange(tlsRoot, root);
    tls = tlsIdentity(root);
    const QByteArray chain = tls.certificate.pem() + (sendsRoot ? root.certificate.pem() : QByteArray());
    server.setIdentity(chain, tls.key.toPem().view().toByteArray());
    server.dropConnections();
}

ServedAnswer AcmeFaultServer::Private::serve(const ServedRequest& received)
{
    ServedRequest request = received;
    if (!request.path.startsWith(prefix))
        return problemAnswer(404, u"malformed"_s, u"nothing is here"_s);
    request.path.remove(0, prefix.size());
    const std::optional<Step> step = TestCa::requestStep(request.path);
    if (!step)
        return ca.answer(request);
    ++requests[*step];
    if (faults.value(*step).isEmpty())
        return honest(*step, request);
    const Fault fault = faults[*step].takeFirst();
    ServedAnswer answer = isUnprocessed(fault) ? refuse(fault) : honest(*step, request);
    spoil(answer, fault);
    return answer;
}

ServedAnswer AcmeFaultServer::Private::honest(Step step, const ServedRequest& request)
{
    const std::optional<ServedAnswer> refused = refusal ? refusal(step, payloadOf(request)) : std::nullopt;
    ServedAnswer answer = refused ? *refused : ca.answer(request);
    if (refused)
        answer.headers.append(qMakePair("Replay-Nonce"_ba, ca.freshNonce()));
    if (manner)
        manner(step, answer);
    return answer;
}

ServedAnswer AcmeFaultServer::Private::refuse(Fault fault)
{
    ServedAnswer answer;
    if (fault == Fault::ResetBeforeProcessing)
        answer.ending = ServedAnswer::Ending::Reset;
    else if (fault == Fault::BadNonce)
        answer = ca.badNonce();
    else if (fault == Fault::MuteBadNonce)
        answer = htmlPage(400);
    else if (fault == Fault::InternalErrorHtml)
        answer = htmlPage(500);
    else if (fault == Fault::RateLimitedSeconds)
        answer = rateLimited(QByteArray::number(rateLimitWait));
    else if (fault == Fault::RateLimitedDate)
        answer =
            rateLimited(QLocale::c()
                            .toString(ca.settings.now().addSecs(rateLimitWait), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
                            .toLatin1());
    else
        answer = ServedAnswer {307, {{"Location", "http://127.0.0.1/in-the-clear"}}};
    answer.headers.append(qMakePair("Replay-Nonce"_ba, ca.freshNonce()));
    return answer;
}

void AcmeFaultServer::Private::spoil(ServedAnswer& answer, Fault fault)
{
    if (fault == Fault::ResetAfterProcessing)
        answer.ending = ServedAnswer::Ending::Reset;
    else if (fault == Fault::DeliveredTwice)
        answer = refuse(Fault::BadNonce);
    else if (fault == Fault::RefusedSecondCopy)
        answer = problemAnswer(403, u"unauthorized"_s, u"that was done already"_s);
    else if (fault == Fault::TruncatedJson)
        answer.body.truncate(answer.body.size() / 2);
    else if (fault == Fault::CutBody)
        answer.ending = ServedAnswer::Ending::Cut;
    else if (fault == Fault::MissingLocation)
        removeHeader(answer, "Location");
    else if (fault == Fault::MissingNonce)
        removeHeader(answer, "Replay-Nonce");
    else if (fault == Fault::RelativeUrls)
        makeRelative(answer, ca.origin);
    else if (fault == Fault::UnknownStatus)
        replaceStatus(answer);
    else if (fault == Fault::HugeBody)
        answer.filler = hugeBody;
    else if (fault == Fault::Hang)
        answer.ending = ServedAnswer::Ending::Hang;
}

AcmeFaultServer::AcmeFaultServer()
    : m_private(std::make_unique<Private>())
{
}

AcmeFaultServer::~AcmeFaultServer() = default;

QUrl AcmeFaultServer::directoryUrl() const
{
    return QUrl::fromEncoded(m_private->ca.url("/dir"));
}

QByteArray AcmeFaultServer::tlsRootPem() const
{
    return m_private->tlsRoot.certificate.pem();
}

void AcmeFaultServer::changeTlsRoot(bool sendsRoot)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto root = crypto::makeRoot(u"Another root"_s, crypto::KeyType::EcP256, now.addDays(-1), now.addYears(9));
    m_private->serveUnder(root.value(), sendsRoot);
}

void AcmeFaultServer::restoreTlsRoot()
{
    m_private->serveUnder(crypto::Identity(m_private->formerTlsRoot), false);
}

void AcmeFaultServer::rename(const QByteArray& prefix)
{
    m_private->prefix = prefix;
    m_private->ca.origin = m_private->server.url(QString()).toEncoded() + prefix;
}

void AcmeFaultServer::setDateOffset(std::chrono::seconds offset)
{
    m_private->ca.settings.dateOffset = offset;
}

QByteArray AcmeFaultServer::issuerRootPem() const
{
    return m_private->ca.root.certificate.pem();
}

void AcmeFaultServer::failNext(Step step, Fault fault, int times)
{
    for (int i = 0; i < times; ++i)
        m_private->faults[step].append(fault);
}

void AcmeFaultServer::clearFaults()
{
    m_private->faults.clear();
}

void AcmeFaultServer::dropConnections()
{
    m_private->server.dropConnections();
}

void AcmeFaultServer::setValidation(Validation validation)
{
    m_private->ca.settings.validation = validation;
}

void AcmeFaultServer::setHttp01Port(quint16 port)
{
    m_private->ca.settings.http01Port = port;
}

void AcmeFaultServer::setProcessingPolls(int polls)
{
    m_private->ca.settings.processingPolls = polls;
    for (TestOrder& order : m_private->ca.orders)
        order.pollsLeft = std::min(order.pollsLeft, polls);
}

void AcmeFaultServer::approveAll()
{
    for (TestOrder& order : m_private->ca.orders)
        if (order.status == u"processing"_s)
            order.status = u"valid"_s;
}

void AcmeFaultServer::setRetryAfter(int seconds)
{
    m_private->ca.settings.retryAfter = seconds;
}

void AcmeFaultServer::setExternalAccounts(const QMap<QString, QByteArray>& macKeys)
{
    m_private->ca.settings.externalAccounts = macKeys;
}

void AcmeFaultServer::setAnnouncesExternalAccounts(bool announces)
{
    m_private->ca.settings.announcesExternalAccounts = announces;
}

void AcmeFaultServer::setAccountRefusal(const QJsonObject& problem)
{
    m_private->ca.settings.accountRefusal = problem;
}

void AcmeFaultServer::setBlockedNames(const QStringList& names)
{
    m_private->ca.settings.blockedNames = names;
}

void AcmeFaultServer::setReuseAuthorizations(bool reuse)
{
    m_private->ca.settings.reuseAuthorizations = reuse;
}

void AcmeFaultServer::setKeyChange(KeyChangeSupport support)
{
    m_private->ca.settings.keyChange = support;
}

void AcmeFaultServer::setAccountTie(AccountTie tie)
{
    m_private->ca.settings.accountTie = tie;
}

void AcmeFaultServer::setTerms(const QUrl& terms)
{
    m_private->ca.settings.terms = terms.toString();
    m_private->ca.settings.termsMatter = true;
}

QStringList AcmeFaultServer::accountThumbprints() const
{
    QStringList thumbprints;
    for (const TestAccount& account : m_private->ca.accounts)
        thumbprints.append(QString::fromLatin1(jose::thumbprint(account.key).value_or(QByteArray())));
    return thumbprints;
}

int AcmeFaultServer::keysChanged() const
{
    return m_private->ca.keysChanged;
}

QStringList AcmeFaultServer::spentCredentials() const
{
    return m_private->ca.spentCredentials;
}

void AcmeFaultServer::setHasOrderList(bool has)
{
    m_private->ca.settings.hasOrderList = has;
}

void AcmeFaultServer::setHasRenewalInfo(bool has)
{
    m_private->ca.settings.hasRenewalInfo = has;
}

void AcmeFaultServer::setManner(Manner manner)
{
    m_private->manner = std::move(manner);
}

void AcmeFaultServer::setRefusal(Refusal refusal)
{
    m_private->refusal = std::move(refusal);
}

void AcmeFaultServer::setPreValidated(bool preValidated)
{
    m_private->ca.settings.preValidated = preValidated;
}

void AcmeFaultServer::setRenewalWindow(const QDateTime& start, const QDateTime& end, const QUrl& explanation)
{
    setRenewalInfoBody(renewalInfoJson(start, end, explanation));
}

void AcmeFaultServer::setRenewalInfoBody(const QByteArray& body)
{
    m_private->ca.settings.renewalInfoBody = body;
}

void AcmeFaultServer::setRenewalInfoRetryAfter(const QByteArray& value)
{
    m_private->ca.settings.renewalInfoRetryAfter = value;
}

QStringList AcmeFaultServer::renewalInfoAsked() const
{
    return m_private->ca.renewalInfoAsked;
}

void AcmeFaultServer::setProfiles(const QStringList& profiles)
{
    m_private->ca.settings.profiles = profiles;
}

void AcmeFaultServer::setAlternateChains(int count)
{
    m_private->ca.makeAlternateIssuers(count);
}

void AcmeFaultServer::setPersistence(const QString& accountHashPrefix, quint16 dnsPort)
{
    m_private->ca.settings.accountHashPrefix = accountHashPrefix;
    m_private->ca.settings.dnsPort = dnsPort;
}

void AcmeFaultServer::setHasPreauthorization(bool has)
{
    m_private->ca.settings.hasPreauthorization = has;
}

void AcmeFaultServer::setAwaitsApproval(bool awaits)
{
    m_private->ca.settings.awaitsApproval = awaits;
}

QMap<QString, QString> AcmeFaultServer::authorizationStates() const
{
    return m_private->ca.authorizationStates();
}

void AcmeFaultServer::setRefusesValidity(bool refuses)
{
    m_private->ca.settings.refusesValidity = refuses;
}

void AcmeFaultServer::setReplacesRefusal(const QJsonObject& problem)
{
    m_private->ca.settings.replacesRefusal = problem;
}

QStringList AcmeFaultServer::replaced() const
{
    return m_private->ca.replaced;
}

void AcmeFaultServer::setNow(std::function<QDateTime()> now)
{
    m_private->ca.settings.now = std::move(now);
}

void AcmeFaultServer::setCertificateLifetime(std::chrono::seconds lifetime)
{
    m_private->ca.settings.certificateLifetime = lifetime;
}

int AcmeFaultServer::requests(Step step) const
{
    return m_private->requests.value(step);
}

int AcmeFaultServer::connections() const
{
    return m_private->server.connections();
}

void AcmeFaultServer::addAccount(const crypto::PublicKey& key)
{
    TestCa& ca = m_private->ca;
    ca.accounts.append(TestAccount {static_cast<int>(ca.accounts.size()) + 1, key, {}, u"valid"_s, ca.settings.terms});
}

int AcmeFaultServer::accountsCreated() const
{
    return static_cast<int>(m_private->ca.accounts.size());
}

int AcmeFaultServer::ordersCreated() const
{
    return static_cast<int>(m_private->ca.orders.size());
}

int AcmeFaultServer::certificatesIssued() const
{
    return m_private->ca.issued;
}

int AcmeFaultServer::badNoncesSent() const
{
    return m_private->ca.badNonces;
}

int AcmeFaultServer::challengesAnswered() const
{
    return m_private->ca.answered;
}

QList<QByteArray> AcmeFaultServer::certificateKeys() const
{
    return m_private->ca.certificateKeys;
}

QList<QUrl> AcmeFaultServer::orderUrls() const
{
    QList<QUrl> urls;
    for (const TestOrder& order : m_private->ca.orders)
        urls.append(QUrl::fromEncoded(m_private->ca.url("/order/" + QByteArray::number(order.id))));
    return urls;
}

QList<QPair<QByteArray, int>> AcmeFaultServer::revocations() const
{
    return m_private->ca.revocations;
}

} // namespace support
