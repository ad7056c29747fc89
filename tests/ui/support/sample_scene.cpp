// SPDX-License-Identifier: Apache-2.0
#include "ui/support/sample_scene.h"

#include "support/statements.h"

#include "crypto/certificate_builder.h"

#include <QJsonDocument>

namespace support {
namespace {

using namespace Qt::StringLiterals;
using namespace lifecycle;
using Subject = OrderEvent::Subject;

QDateTime ago(qint64 seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(-seconds);
}

QDateTime inDays(int days)
{
    return QDateTime::currentDateTimeUtc().addDays(days);
}

Authority authority(const QString& id, const QString& name, const QString& url, const QString& kind)
{
    Authority made;
    made.id = id;
    made.name = name;
    made.directoryUrl = QUrl(url);
    made.proxy = u"system"_s;
    made.meta.kind = kind;
    made.meta.website = QUrl(u"https://ca.corp.example/"_s);
    made.checkedAt = ago(5400);
    made.createdAt = ago(86400 * 40);
    return made;
}

QList<Authority> authorities()
{
    Authority step =
        authority(u"a1"_s, u"Corp step-ca"_s, u"https://ca.corp.example/acme/acme/directory"_s, u"step-ca"_s);
    step.meta.externalAccountRequired = true;
    step.meta.profiles = {{u"tls-server"_s, u"90 days, server authentication"_s}, {u"short"_s, u"24 hours"_s}};
    Authority encrypt = authority(u"a2"_s, u"Let's Encrypt (staging)"_s,
                                  u"https://acme-staging-v02.api.letsencrypt.org/directory"_s, u"lets-encrypt"_s);
    encrypt.meta.termsOfService = QUrl(u"https://letsencrypt.org/documents/LE-SA-v1.4.pdf"_s);
    encrypt.meta.renewalInfo = true;
    step.meta.termsOfService = QUrl(u"https://ca.corp.example/terms-2026"_s);
    return {step, encrypt};
}

QList<AuthorityCondition> conditions()
{
    AuthorityCondition good;
    good.authorityId = u"a1"_s;
    good.checkedAt = ago(400);
    good.latencyMs = 23;
    good.clockOffsetMs = -300;
    AuthorityCondition skewed = good;
    skewed.authorityId = u"a2"_s;
    skewed.latencyMs = 148;
    skewed.clockOffsetMs = 7 * 60'000;
    return {good, skewed};
}

PersistRecord persistRecord(const QString& name, int endsInDays, challenge::PersistVerdict verdict)
{
    PersistRecord record;
    record.id = u"p-"_s + name;
    record.accountId = u"c1"_s;
    record.name = name;
    record.createdAt = ago(86400 * 90);
    record.value = "ca.corp.example; accounturi=https://ca.corp.example/acme/acme/account/17; policy=wildcard";
    if (endsInDays > 0)
        record.value += "; persistUntil=" + QByteArray::number(inDays(endsInDays).toSecsSinceEpoch());
    record.checkedAt = ago(3600);
    record.verdict = verdict;
    return record;
}

crypto::Identity root(const QString& name)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return crypto::makeRoot(name, crypto::KeyType::EcP256, now.addYears(-1), now.addYears(9)).value();
}

Account account(const QString& id, const QString& authorityId, const QString& contact, Account::Status status)
{
    Account made;
    made.id = id;
    made.authorityId = authorityId;
    made.contacts = {contact};
    made.keyThumbprint = u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s;
    made.url = QUrl(u"https://ca.corp.example/acme/acme/account/17"_s);
    made.status = status;
    made.termsAgreed = true;
    made.createdAt = ago(86400 * 30);
    made.lastUsedAt = ago(3600);
    return made;
}

QList<ImportedAccount> foundAccounts()
{
    using Outcome = ImportedAccount::Outcome;
    const QString folder = u"/etc/letsencrypt/accounts/ca.corp.example/acme/acme/directory/"_s;
    const QUrl here(u"https://ca.corp.example/acme/acme/account/18"_s);
    return {
        {Outcome::Found,
         u"certbot"_s,
         folder + u"5f1d/private_key.json"_s,
         {u"mailto:pki@corp.example"_s},
         u"RSA 2048 bits"_s,
         u"print-1"_s,
         here,
         QString(),
         QString()},
        {Outcome::Known,
         u"lego"_s,
         u"/root/.lego/accounts/ca/pki@corp.example/keys/pki@corp.example.key"_s,
         {u"mailto:pki@corp.example"_s},
         u"EC P-256"_s,
         u"print-2"_s,
         here,
         u"c1"_s,
         u"an account with this key is here already"_s},
        {Outcome::Elsewhere,
         u"acme.sh"_s,
         u"/root/.acme.sh/ca/acme.zerossl.com/v2/DV90/account.key"_s,
         {},
         u"EC P-256"_s,
         u"print-3"_s,
         QUrl(u"https://acme.zerossl.com/v2/DV90/account/x"_s),
         QString(),
         u"it was used with acme.zerossl.com"_s},
    };
}

EabCredential credential(const QString& id, EabCredential::State state, const QString& label)
{
    EabCredential made;
    made.id = id;
    made.authorityId = u"a1"_s;
    made.kid = u"kid-"_s + id;
    made.algorithm = u"HS256"_s;
    made.label = label;
    made.state = state;
    if (state == EabCredential::State::Bound) {
        made.accountId = u"c1"_s;
        made.boundAt = ago(86400 * 30);
    }
    return made;
}

CertificateDetails certificate(const QString& id, const QStringList& names, CertificateState state, int daysLived,
                               int daysLeft)
{
    CertificateDetails made;
    CertificateRow& row = made.row;
    row.id = id;
    row.names = names;
    row.authorityId = u"a1"_s;
    row.authorityName = u"Corp step-ca"_s;
    row.accountId = u"c1"_s;
    row.state = state;
    row.serial = u"4F2A9C77D01B3E55"_s;
    row.issuer = u"CN=Corp Issuing CA 2,O=Corp"_s;
    row.keyDescription = u"ECDSA P-256"_s;
    row.sha256 = u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s;
    row.notBefore = inDays(-daysLived);
    row.notAfter = inDays(daysLeft);
    row.renewAt = inDays(daysLeft - (daysLived + daysLeft) / 3);
    row.renewalReason = u"two thirds of the lifetime of 90 days, plus a random part"_s;
    row.orderId = u"o3"_s;
    row.versions = 1;
    made.certificate.id = id;
    made.certificate.request.proof = challenge::ProofSettings::http01Listening(u"0.0.0.0:80"_s);
    CertificateVersion version;
    version.id = id + u"-v1"_s;
    version.certificateId = id;
    version.names = names;
    version.serial = row.serial;
    version.notBefore = row.notBefore;
    version.notAfter = row.notAfter;
    version.issuedAt = row.notBefore;
    version.chainPem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    version.hasKey = true;
    if (state == CertificateState::Revoked)
        version.revokedAt = ago(7200);
    made.certificate.currentVersionId = version.id;
    made.versions = {version};
    RenewalInformation& renewal = made.renewal.emplace();
    renewal.window = RenewalWindow {row.renewAt.addDays(-1), row.renewAt.addDays(1)};
    renewal.explanationUrl = QUrl(u"https://ca.corp.example/renewal"_s);
    renewal.chosenAt = row.renewAt;
    renewal.askedAt = ago(3600);
    renewal.askAt = QDateTime::currentDateTimeUtc().addSecs(5 * 3600);
    renewal.failure = base::Error(base::ErrorCode::Timeout, u"reading renewal information: no answer within 10 s"_s);
    const inspect::ReportNode name {u"dnsName"_s, u"DNS name"_s, names.first(), false, {}};
    const inspect::ReportNode keyUsage {u"extension"_s,
                                        u"X509v3 Key Usage"_s,
                                        QString(),
                                        true,
                                        {{u"text"_s, u"Value"_s, u"Digital Signature"_s, false, {}}}};
    made.report.children = {{u"subject"_s, u"Subject"_s, u"CN="_s + names.first(), false, {}},
                            {u"names"_s, u"Names"_s, QString(), false, {name}},
                            {u"issuer"_s, u"Issuer"_s, row.issuer, false, {}},
                            {u"extensions"_s, u"Extensions"_s, QString(), false, {keyUsage}}};
    return made;
}

OrderDetails order(const QString& id, const QStringList& names, OrderState state, bool running)
{
    OrderDetails made;
    made.record.id = id;
    made.record.request.names = base::parseIdentifiers(names).value();
    made.record.request.authorityId = u"a1"_s;
    made.record.request.accountId = u"c1"_s;
    made.record.request.certificateId = u"cert-"_s + id;
    made.record.request.proof = challenge::ProofSettings::http01Listening(u"0.0.0.0:80"_s);
    made.record.state = state;
    made.record.url = QUrl(u"https://ca.corp.example/acme/acme/order/81"_s);
    made.record.createdAt = ago(95);
    made.record.updatedAt = ago(4);
    made.record.deadline = inDays(1);
    made.running = running;
    return made;
}

OrderEvent event(OrderDetails& order, Subject subject, const QString& state, const QString& identifier = QString())
{
    OrderEvent made;
    made.orderId = order.record.id;
    made.sequence = static_cast<int>(order.events.size()) + 1;
    made.at = ago(60 - made.sequence);
    made.subject = subject;
    made.state = state;
    made.identifier = identifier;
    return made;
}

OrderEvent challengeEvent(OrderDetails& order, const QString& state, const QString& name)
{
    OrderEvent made = event(order, Subject::Challenge, state, name);
    made.challengeType = u"http-01"_s;
    made.token = u"evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"_s;
    made.expectedAt = u"http://%1/.well-known/acme-challenge/%2"_s.arg(name, made.token);
    made.expectedValue = made.token + u".NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s;
    return made;
}

OrderEvent exchangeEvent(OrderDetails& order)
{
    OrderEvent made = event(order, Subject::Exchange, QString());
    made.detail = u"POST https://ca.corp.example/acme/acme/new-order → 201"_s;
    made.exchange[u"request"_s] = u"{\n  \"identifiers\": [{\"type\": \"dns\", \"value\": \"www.corp.example\"}]\n}"_s;
    made.exchange[u"response"_s] = u"201\nlocation: https://ca.corp.example/acme/acme/order/81"_s;
    return made;
}

base::Error refusal()
{
    const QJsonObject json {
        {u"type"_s, u"urn:ietf:params:acme:error:connection"_s},
        {u"detail"_s, u"api.corp.example: Fetching http://api.corp.example/.well-known/…: Connection refused"_s},
        {u"status"_s, 400},
    };
    return base::Error(base::ProblemDocument::fromJson(json, 400));
}

OrderDetails runningOrder()
{
    OrderDetails made =
        order(u"o1"_s, {u"www.corp.example"_s, u"mail.corp.example"_s, u"10.1.2.3"_s}, OrderState::Authorizing, true);
    made.events += event(made, Subject::Order, u"pending"_s);
    made.events += exchangeEvent(made);
    made.events += event(made, Subject::Authorization, u"valid"_s, u"www.corp.example"_s);
    made.events += challengeEvent(made, u"valid"_s, u"www.corp.example"_s);
    made.events += event(made, Subject::Authorization, u"pending"_s, u"mail.corp.example"_s);
    made.events += challengeEvent(made, u"processing"_s, u"mail.corp.example"_s);
    made.events.last().nextPollAt = QDateTime::currentDateTimeUtc().addSecs(4);
    made.events += event(made, Subject::Authorization, u"pending"_s, u"10.1.2.3"_s);
    made.events += challengeEvent(made, u"presenting"_s, u"10.1.2.3"_s);
    return made;
}

OrderDetails failedOrder()
{
    OrderDetails made = order(u"o2"_s, {u"api.corp.example"_s, u"shop.corp.example"_s, u"vpn.corp.example"_s},
                              OrderState::Failed, false);
    made.record.profile = u"server"_s;
    made.events += event(made, Subject::Order, u"pending"_s);
    made.events += event(made, Subject::Authorization, u"pending"_s, u"vpn.corp.example"_s);
    made.events += challengeEvent(made, u"processing"_s, u"vpn.corp.example"_s);
    made.events += event(made, Subject::Authorization, u"valid"_s, u"shop.corp.example"_s);
    made.events += event(made, Subject::Authorization, u"invalid"_s, u"api.corp.example"_s);
    made.events += challengeEvent(made, u"invalid"_s, u"api.corp.example"_s);
    made.events.last().error = refusal();
    made.events += event(made, Subject::Order, u"failed"_s);
    made.events.last().error = refusal();
    made.record.error = refusal();
    return made;
}

Event logged(int secondsAgo, const QString& action, const QString& object, const QString& outcome, const QString& why)
{
    Event made;
    made.at = ago(secondsAgo);
    made.actor = {u"anna"_s, Origin::Desktop};
    made.action = action;
    made.objectName = object;
    made.outcome = outcome;
    made.detail = why;
    return made;
}

QList<CredentialImportLine> importLines()
{
    using Verdict = CredentialImportLine::Verdict;
    QList<CredentialImportLine> lines;
    for (const auto verdict : {Verdict::Add, Verdict::Add, Verdict::Known, Verdict::Bad}) {
        CredentialImportLine line;
        line.line = static_cast<int>(lines.size()) + 2;
        line.verdict = verdict;
        line.authorityName = u"Corp step-ca"_s;
        line.credential = credential(u"n%1"_s.arg(line.line), EabCredential::State::Unused, QString());
        line.credential.owner = u"web team"_s;
        lines += line;
    }
    lines.last().error =
        base::Error(base::ErrorCode::InvalidInput, u"“HS1” is none of HS256, HS384, HS512"_s).about(u"algorithm"_s);
    return lines;
}

QList<BulkRegistrationOutcome> bulkOutcomes(const QList<EabCredential>& credentials)
{
    using Result = BulkRegistrationOutcome::Result;
    QList<BulkRegistrationOutcome> outcomes;
    for (const auto result : {Result::Bound, Result::Failed, Result::Unknown}) {
        BulkRegistrationOutcome outcome;
        outcome.credential = credentials.value(outcomes.size());
        outcome.result = result;
        outcomes += outcome;
    }
    outcomes[1].error = refusal();
    outcomes[1].fate = {EabFate::Spent::No, EabFate::Reason::NotAccepted};
    outcomes[2].error = base::Error(base::ErrorCode::Network, u"the connection was reset"_s);
    return outcomes;
}

PolicyOverview policy()
{
    PolicyOverview overview;
    overview.policies = {{u"a1"_s, QString(), parseNameRules({u".corp.example"_s, u"10.0.0.0/8"_s}).value(),
                          parseNameRules({u"db.corp.example"_s}).value()}};
    overview.refusals = {{u"api.corp.example"_s, u"a1"_s, u"c1"_s, u"o2"_s, ago(7200), u"rejectedIdentifier"_s,
                          u"the server will not issue for this identifier"_s}};
    return overview;
}

QList<NameWarning> nameWarnings()
{
    NameWarning denied {NameWarning::Kind::Denied, u"db.corp.example"_s, u"db.corp.example"_s, {}, {}, {}};
    NameWarning refused {NameWarning::Kind::Refused,
                         u"api.corp.example"_s,
                         u"the server will not issue for this identifier"_s,
                         u"c1"_s,
                         {},
                         ago(7200)};
    NameWarning covered {NameWarning::Kind::Covered, u"www.corp.example"_s, u"*.corp.example"_s, {}, u"k1"_s, {}};
    return {denied, refused, covered};
}

QList<challenge::Finding> findings()
{
    using challenge::Finding;
    using Code = challenge::Statement::Code;
    const QString name = u"db.corp.example"_s;
    const QString place = u"db.corp.example (192.0.2.7:80)"_s;
    return {{name, Finding::Check::ResolvesHere, Finding::Verdict::Good, {{Code::MachineFinds, {u"192.0.2.7"_s}}}},
            {name,
             Finding::Check::ResolvesForAuthority,
             Finding::Verdict::Unknown,
             {{Code::Failed, {u"the DNS server 192.0.2.53:53: no answer in time"_s}}}},
            {name, Finding::Check::AnswerArrives, Finding::Verdict::Bad, {{Code::HttpStatus, {place, u"404"_s}}}},
            {name, Finding::Check::Caa, Finding::Verdict::Good, {{Code::CaaNone, {name}}}},
            {QString(), Finding::Check::Clock, Finding::Verdict::Warning, {{Code::ClockBehind, {u"75"_s}}}}};
}

lifecycle::ProofSuggestion suggestion(const challenge::SolverSettings& solver)
{
    using lifecycle::ProofCandidate;
    const lifecycle::ProofObstacle taken {challenge::ProofSettings::http01Listening(u"0.0.0.0:80"_s),
                                          {u"db.corp.example"_s, challenge::Finding::Check::CanAnswer,
                                           challenge::Finding::Verdict::Bad,
                                           said(u"0.0.0.0:80 is in use by another program"_s)}};
    return {ProofCandidate {challenge::ProofSettings::dns01(solver), ProofCandidate::Reason::Solver, QString()},
            {taken}};
}

} // namespace

Scene byHandScene()
{
    Scene made = sampleScene();
    made.authorities[0].resolvers = QStringList(u"10.0.0.53:53"_s);
    for (OrderDetails& order : made.orders)
        for (OrderEvent& event : order.events)
            if (event.subject == Subject::Challenge && event.identifier == u"www.corp.example") {
                event.challengeType = u"dns-01"_s;
                event.state = u"to be removed"_s;
                event.expectedAt = u"_acme-challenge.www.corp.example TXT"_s;
                event.expectedValue = u"bk3Zr7kL0pQxYt9Jw2vHs8uNe5cTfA1mRgD4oKiSzXq"_s;
            }
    return made;
}

Scene suggestionScene()
{
    Scene made = sampleScene();
    made.suggestion = suggestion(made.solvers.first());
    return made;
}

Scene rotationScene()
{
    Scene made = sampleScene();
    RootUse before;
    before.root = {u"0a1b2c"_s, u"CN=Corp Root CA,O=Corp"_s};
    before.certificates = 5;
    before.firstExpiry = inDays(9);
    before.sha256 = u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s;
    before.notAfter = inDays(120);
    before.verifiesTls = true;
    before.accounts = 1;
    RootUse now;
    now.root = {u"3d4e5f"_s, u"CN=Corp Root CA G2,O=Corp"_s};
    now.certificates = 1;
    now.firstExpiry = inDays(80);
    now.pinnedForIssuing = true;
    made.rootUses = {before, now};
    made.certificates.first().row.tags = {u"web"_s};
    made.rebindPlan.authority = made.authorities.first();
    made.rebindPlan.before = made.authorities.first().directoryUrl;
    made.rebindPlan.authority.directoryUrl = QUrl(u"https://pki.corp.example/acme/acme/directory"_s);
    made.rebindPlan.accounts = {{made.accounts.first(), QUrl(u"https://pki.corp.example/acme/acme/account/17"_s)},
                                {made.accounts.last(), QUrl()}};
    ReboundOrder order;
    order.order = made.orders.first().record;
    made.rebindPlan.orders = {order};
    return made;
}

Scene versionsScene(bool keyElsewhere)
{
    Scene made = sampleScene();
    CertificateDetails& details = made.certificates.first();
    CertificateVersion old = details.versions.first();
    old.id = u"old"_s;
    old.serial = u"0DD"_s;
    old.hasKey = !keyElsewhere;
    details.versions.append(old);
    details.row.versions = 2;
    return made;
}

Scene stoppedScene(bool sendsRoot)
{
    Scene made = sampleScene();
    const crypto::Identity before = root(u"Corp Root CA"_s);
    const crypto::Identity now = root(u"Corp Root CA G2"_s);
    const QDateTime today = QDateTime::currentDateTimeUtc();
    const auto server = crypto::issueServerCertificate(now, base::parseIdentifiers({u"ca.corp.example"_s}).value(),
                                                       crypto::KeyType::EcP256, today.addDays(-1), today.addDays(30));
    made.authorities.first().rootsPem = before.certificate.pem();
    AuthorityCondition& stopped = made.conditions.first();
    stopped.stoppedAt = ago(1800);
    stopped.stopReason = u"ca.corp.example is not trusted: The root CA certificate is not trusted for this purpose"_s;
    stopped.servedPem = server->certificate.pem() + (sendsRoot ? now.certificate.pem() : QByteArray());
    return made;
}

Scene sampleScene()
{
    Scene made;
    made.authorities = authorities();
    made.conditions = conditions();
    made.preview.meta = made.authorities.first().meta;
    made.preview.rootSubjects = {u"CN=Corp Root CA,O=Corp"_s};
    made.preview.rootFingerprints = {u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s};
    made.accounts = {account(u"c1"_s, u"a1"_s, u"mailto:pki@corp.example"_s, Account::Status::Valid),
                     account(u"c2"_s, u"a2"_s, u"mailto:anna@corp.example"_s, Account::Status::Pending)};
    made.accounts[0].certificates = 4;
    made.accounts[0].termsUrl = QUrl(u"https://ca.corp.example/terms-2025"_s);
    made.accounts[0].termsAgreedAt = ago(86400 * 30);
    made.accounts[0].refusal = refusal();
    made.accounts[0].refusedAt = ago(86400);
    made.dependents = {{u"www.corp.example, corp.example"_s, u"mail.corp.example"_s}, 2, {u"o1"_s}, {u"web-01"_s}};
    const QUrl orderUrl(u"https://ca.corp.example/acme/acme/order/1"_s);
    made.accountOrders = {
        {orderUrl, u"valid"_s, {u"www.corp.example"_s, u"corp.example"_s}, inDays(20), true, QString()},
        {orderUrl, u"pending"_s, {u"new.corp.example"_s}, inDays(1), false, QString()},
        {orderUrl, QString(), {}, {}, false, u"reading order: no such order"_s},
    };
    made.foundAccounts = foundAccounts();
    made.solvers = {{u"s1"_s, u"internal BIND"_s, u"ns1.corp.example:53"_s, u"acme"_s, u"hmac-sha256"_s}};
    made.persistRecords = {persistRecord(u"corp.example"_s, 0, challenge::PersistVerdict::Fits),
                           persistRecord(u"shop.corp.example"_s, 12, challenge::PersistVerdict::Fits),
                           persistRecord(u"vpn.corp.example"_s, 200, challenge::PersistVerdict::Missing)};
    made.credentials = {credential(u"b1"_s, EabCredential::State::Bound, u"web team"_s),
                        credential(u"b2"_s, EabCredential::State::Unused, u"mail team"_s),
                        credential(u"b3"_s, EabCredential::State::Refused, u"old portal"_s)};
    made.credentials[0].owner = u"Anna Berg"_s;
    made.credentials[0].host = u"web-01"_s;
    made.credentials[1].expiresAt = inDays(5);
    made.credentials[2].refusal = u"unauthorized: the field 'kid' references an unknown key"_s;
    made.importPreview.lines = importLines();
    made.bulkOutcomes = bulkOutcomes(made.credentials);
    made.policy = policy();
    made.nameWarnings = nameWarnings();
    made.findings = findings();
    made.certificates = {
        certificate(u"k1"_s, {u"www.corp.example"_s, u"corp.example"_s, u"*.corp.example"_s}, CertificateState::Valid,
                    10, 80),
        certificate(u"k2"_s, {u"mail.corp.example"_s}, CertificateState::Renewing, 62, 28),
        certificate(u"k3"_s, {u"api.corp.example"_s, u"shop.corp.example"_s}, CertificateState::Failed, 80, 10),
        certificate(u"k4"_s, {u"vpn.corp.example"_s}, CertificateState::Due, 65, 25),
        certificate(u"k5"_s, {u"old.corp.example"_s}, CertificateState::Expired, 120, -30),
        certificate(u"k6"_s, {u"lost.corp.example"_s}, CertificateState::Revoked, 20, 70),
    };
    made.certificates[0].row.tags = {u"Prod"_s, u"web"_s};
    made.certificates[1].row.tags = {u"mail"_s, u"Prod"_s};
    made.orders = {runningOrder(), failedOrder(),
                   order(u"o3"_s, {u"vpn.corp.example"_s}, OrderState::Finalizing, false),
                   order(u"o4"_s, {u"www.corp.example"_s}, OrderState::Issued, false)};
    made.events = {logged(40, u"certificate.issue"_s, u"api.corp.example"_s, u"failed"_s, refusal().message()),
                   logged(300, u"certificate.export"_s, u"www.corp.example"_s, u"done"_s, u"p12"_s),
                   logged(4000, u"account.register"_s, u"pki@corp.example"_s, u"done"_s, QString())};
    made.overview.counts = {2, 1, 1, inDays(2), u"vpn.corp.example"_s};
    made.overview.renewingHere = true;
    return made;
}

} // namespace support
