// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/key_sealing.h"
#include "lifecycle/order_report.h"
#include "lifecycle/repositories.h"
#include "lifecycle/solvers.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QFile>
#include <QTest>

namespace tst_order_report {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;
using lifecycle::OrderState;
using support::await;

namespace {

const QByteArray macKey = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
const QByteArray macKeyText = macKey.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
const QByteArray tsigSecret = "b3duIHNlY3JldCBvZiBjb3JwLmV4YW1wbGU=";

/// Every way that these bytes could be written down.
QList<QByteArray> written(const QByteArray& secret)
{
    return {secret, secret.toHex(), secret.toBase64(),
            secret.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)};
}

/// The number in a P-256 key and its file, in every way that they could be written down.
QList<QByteArray> written(const crypto::PrivateKey& key)
{
    const QByteArray der = key.toPkcs8Der().view().toByteArray();
    constexpr qsizetype numberAt = 36; // RFC 5915 in RFC 5958: the octet string of 32 bytes
    return written(der) + written(der.mid(numberAt, 32)) + key.toPem().view().toByteArray().split('\n').mid(1, 1);
}

} // namespace

/// The report that goes into a ticket.
class TestOrderReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsAllThatATicketNeeds();
    void hasNoSecretOfTheStore();
    void letsNoServerWriteMarkdown();
    void saysWhereAPersistentRecordIsLookedFor();
    void staysShortForManyEvents();
};

void TestOrderReport::tellsAllThatATicketNeeds()
{
    support::AcmeFaultServer server;
    support::Workshop workshop;
    server.setValidation(support::Validation::AlwaysInvalid);
    const auto authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem(), u"Corp CA"_s);
    const auto account = workshop.registerAccount(authority.id);
    const auto order = workshop.issue(workshop.request(authority.id, {u"a.corp.example"_s, u"b.corp.example"_s}));
    QCOMPARE(order->state, OrderState::Failed);
    const QString report = *await(workshop.engine().orders().report(order->id, u"Ours: look at port 80."_s));
    const auto details = await(workshop.engine().orders().details(order->id));
    for (const OrderEvent& event : details->events) {
        QVERIFY2(report.contains(event.state), qPrintable(event.state));
        QVERIFY2(report.contains(event.expectedAt) && report.contains(event.expectedValue), qPrintable(report));
    }
    for (const QString& part :
         {u"`Corp CA` "_s + authority.directoryUrl.toString(), account.url.toString(), order->url.toString(),
          u"`a.corp.example`"_s, u"`b.corp.example`"_s, u"State: failed"_s, u"Ours: look at port 80."_s,
          u"\"detail\": \"the answer was wrong\""_s, u"urn:ietf:params:acme:error:incorrectResponse"_s,
          u"http://a.corp.example/.well-known/acme-challenge/"_s, u"Sealwright " SEALWRIGHT_VERSION ", Qt 6."_s,
          u"OpenSSL 3."_s})
        QVERIFY2(report.contains(part), qPrintable(part + u"\n\n"_s + report));
}

void TestOrderReport::hasNoSecretOfTheStore()
{
    support::AcmeFaultServer server;
    support::Workshop workshop;
    lifecycle::Engine& engine = workshop.engine();
    server.setValidation(support::Validation::AlwaysInvalid);
    server.setExternalAccounts({{u"kid-1"_s, macKey}});
    const auto authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
    lifecycle::EabDetails eab;
    eab.authorityId = authority.id;
    eab.kid = u"kid-1"_s;
    eab.keyText = std::make_shared<const base::Secret>(macKeyText);
    const auto credential = await(engine.accounts().addCredential(eab));
    lifecycle::AccountDetails wanted;
    wanted.authorityId = authority.id;
    wanted.termsAgreed = true;
    wanted.eabCredentialId = credential->credential.id;
    const auto account = await(engine.accounts().registerAccount(wanted, {}));
    QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
    QFile tsig(workshop.folder() + u"/own.key"_s);
    QVERIFY(tsig.open(QIODevice::WriteOnly));
    tsig.write("key \"own.example\" { algorithm hmac-sha256; secret \"" + tsigSecret + "\"; };\n");
    tsig.close();
    QVERIFY(await(engine.solvers().add({u"internal"_s, u"127.0.0.1:53"_s, tsig.fileName(), {}})));
    const auto order = workshop.issue(workshop.request(authority.id, {u"a.corp.example"_s}));
    QCOMPARE(order->state, OrderState::Failed);

    lifecycle::Vault& vault = workshop.storage().vault();
    const auto sealedAccount = await(workshop.storage().accounts().sealedKey(account->id));
    const auto accountKey = lifecycle::openAccountKey(vault, account->id, *sealedAccount);
    const auto sealedOrder = await(workshop.storage().orders().sealedKey(order->id));
    const auto orderKey = lifecycle::openOrderKey(vault, order->id, *sealedOrder);
    QVERIFY(accountKey && orderKey);
    const QByteArray report = (*await(engine.orders().report(order->id))).toUtf8();
    QVERIFY(report.contains("a.corp.example"));
    QList<QByteArray> secrets = written(*accountKey) + written(*orderKey) + written(macKey)
        + written(QByteArray::fromBase64(tsigSecret)) + QList<QByteArray> {macKeyText, tsigSecret};
    secrets += {"correct horse battery staple", *sealedAccount, *sealedOrder};
    for (const QByteArray& secret : secrets)
        QVERIFY2(!report.contains(secret), secret + "\n\n" + report);
}

void TestOrderReport::letsNoServerWriteMarkdown()
{
    lifecycle::OrderRecord order;
    order.request.names = base::parseIdentifiers({u"a.example"_s}).value();
    const QJsonObject hostile {{u"detail"_s, u"```\n# Pwned\n<img src=x> ![x](https://x) `code` ``"_s}};
    order.error = base::Error(base::ProblemDocument::fromJson(hostile, 403));
    OrderEvent event;
    event.subject = OrderEvent::Subject::Authorization;
    event.identifier = u"a.example"_s;
    event.state = u"invalid"_s;
    event.detail = u"x`\n# Pwned\n- `"_s;
    event.error = order.error;
    const QString detail = order.error->detail();
    const QString report = lifecycle::orderReport(order, {event}, {u"`CA`"_s, {}, {}, u"It said: "_s + detail});
    for (const QString& line : report.split(u'\n'))
        QVERIFY2(!line.startsWith(u"# Pwned"_s), qPrintable(report));
    QVERIFY2(report.contains(u": \\`\\`\\` \\# Pwned"_s), qPrintable(report));
    QVERIFY2(report.contains(u"\\<img src=x> \\!\\[x](https://x)"_s), qPrintable(report));
    QCOMPARE(report.count(u"\n```"_s), 4); // two blocks, each opened and closed
}

void TestOrderReport::saysWhereAPersistentRecordIsLookedFor()
{
    lifecycle::OrderRecord order;
    order.request.names = base::parseIdentifiers({u"a.example"_s}).value();
    OrderEvent presenting; // its challenge has no token
    presenting.subject = OrderEvent::Subject::Challenge;
    presenting.identifier = u"a.example"_s;
    presenting.challengeType = u"dns-persist-01"_s;
    presenting.state = u"presenting"_s;
    presenting.expectedAt = u"_validation-persist.a.example TXT"_s;
    presenting.expectedValue = u"ca.example; accounturi=https://ca.example/acct/1"_s;
    OrderEvent answered = presenting;
    answered.state = u"processing"_s;
    answered.expectedAt.clear();
    answered.expectedValue.clear();
    const QString report = lifecycle::orderReport(order, {presenting, answered}, {});
    for (const QString& line : {u"- The authority looks at: `_validation-persist.a.example TXT`\n"_s,
                                u"- and must find: `ca.example; accounturi=https://ca.example/acct/1`\n"_s})
        QVERIFY2(report.contains(line), qPrintable(report));
}

void TestOrderReport::staysShortForManyEvents()
{
    lifecycle::OrderRecord order;
    order.request.names = base::parseIdentifiers({u"a.example"_s}).value();
    OrderEvent event;
    event.detail = u"looked"_s;
    const QString report = lifecycle::orderReport(order, QList<OrderEvent>(10'000, event), {});
    QVERIFY(report.count(u"looked"_s) <= 1000);
    QVERIFY(report.contains(u"earlier events are left out"_s));
}

SEALWRIGHT_TEST(TestOrderReport)

} // namespace tst_order_report

#include "tst_order_report.moc"
