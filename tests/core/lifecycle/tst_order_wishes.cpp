// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"
#include "crypto/chain.h"
#include "crypto/pem.h"
#include "lifecycle/certificates.h"
#include "lifecycle/external_request.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/workshop.h"

#include <QSet>
#include <QTest>

namespace tst_order_wishes {

using namespace Qt::StringLiterals;
using lifecycle::CertificateState;
using lifecycle::OrderState;
using support::await;

namespace {

constexpr qint64 day = 24 * 60 * 60;

crypto::PrivateKey newKey(crypto::KeyType type = crypto::KeyType::EcP256)
{
    return crypto::PrivateKey::generate(type).value();
}

QByteArray csrFor(const crypto::PrivateKey& key, const QStringList& names)
{
    const QByteArray der = crypto::certificateRequestDer(key, base::parseIdentifiers(names).value()).value();
    return crypto::encodePem("CERTIFICATE REQUEST", der);
}

} // namespace

/// What an order may ask for beside names and proof, and what renewals make of it.
class TestOrderWishes : public QObject {
    Q_OBJECT

    struct World {
        World()
        {
            server.setValidation(support::Validation::AlwaysValid);
            authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
            workshop.registerAccount(authority.id);
        }

        lifecycle::IssueRequest wish(const QStringList& names = {u"host.corp.example"_s}) const
        {
            return workshop.request(authority.id, names);
        }

        lifecycle::OrderRecord issue(const lifecycle::IssueRequest& request)
        {
            const auto record = workshop.issue(request);
            if (!record)
                qFatal("%s", qPrintable(record.error().message()));
            return *record;
        }

        base::Error refusal(const lifecycle::IssueRequest& request)
        {
            const auto placed = await(workshop.engine().orders().place(request, {}));
            return placed ? base::Error(base::ErrorCode::Protocol, u"it was accepted"_s) : placed.error();
        }

        lifecycle::CertificateDetails certificate(const lifecycle::OrderRecord& order)
        {
            return *await(workshop.engine().certificates().details(order.request.certificateId));
        }

        base::Result<lifecycle::OrderRecord> waitFor(const base::Result<QString>& order)
        {
            if (!order)
                return tl::unexpected(order.error());
            return await(workshop.engine().orders().waitFor(*order), 60);
        }

        base::Result<lifecycle::OrderRecord> renew(const QString& certificateId)
        {
            return waitFor(await(workshop.engine().renewals().renew(certificateId, {})));
        }

        base::Result<lifecycle::OrderRecord> renewWith(const QString& certificateId, const QByteArray& csr)
        {
            return waitFor(await(workshop.engine().renewals().renewWith(certificateId, csr, {})));
        }

        /// Until the renewal moment has passed, by the clock of the workshop and of the server.
        void waitUntilDue(const lifecycle::OrderRecord& order)
        {
            const QDateTime due = certificate(order).row.renewAt;
            workshop.clock().advance(std::chrono::milliseconds(workshop.clock().now().msecsTo(due) + 1000));
            server.setNow([this] { return workshop.clock().now(); });
        }

        bool nothingIsStored()
        {
            return await(workshop.engine().orders().page(0, 10))->isEmpty()
                && await(workshop.engine().certificates().page({}))->total == 0;
        }

        support::AcmeFaultServer server;
        support::Workshop workshop;
        lifecycle::Authority authority;
    };

private Q_SLOTS:
    void takesTheChainThatLeadsToThePreferredRoot_data()
    {
        QTest::addColumn<bool>("byFingerprint");
        QTest::newRow("by its name") << false;
        QTest::newRow("by a fingerprint") << true;
    }

    void takesTheChainThatLeadsToThePreferredRoot()
    {
        QFETCH(bool, byFingerprint);
        World world;
        world.server.setAlternateChains(2);
        const auto offered = world.certificate(world.issue(world.wish())).versions.first().facts.chains;
        QCOMPARE(offered.size(), 3);
        QVERIFY(offered[0].chosen);
        QCOMPARE(offered[2].root, u"Alternate Root 2"_s);
        auto request = world.wish();
        request.preferredChain = byFingerprint ? offered[2].sha256.toUpper() : u"alternate root 2"_s;
        const auto version = world.certificate(world.issue(request)).versions.first();
        const auto chain = crypto::chainFromPem(version.chainPem);
        QCOMPARE(chain->intermediates.last().issuerCommonName(), u"Alternate Root 2"_s);
        QVERIFY(version.facts.chains[2].chosen);
        QVERIFY(!version.facts.chains[0].chosen);
        QVERIFY(version.facts.remarks.isEmpty());
    }

    void knowsThePinnedRootThatNoChainContains()
    {
        support::AcmeFaultServer server;
        support::Workshop workshop;
        server.setValidation(support::Validation::AlwaysValid);
        server.setAlternateChains(1);
        const QByteArray roots = server.tlsRootPem() + server.issuerRootPem();
        const auto authority = workshop.addAuthority(server.directoryUrl(), roots);
        workshop.registerAccount(authority.id);
        const auto root = crypto::Certificate::fromPem(server.issuerRootPem());
        auto request = workshop.request(authority.id, {u"host.corp.example"_s});
        request.preferredChain =
            QString::fromLatin1(root->fingerprint(crypto::DigestAlgorithm::Sha256).toHex(':')).toUpper();
        const auto order = workshop.issue(request);
        const auto details = await(workshop.engine().certificates().details(order->request.certificateId));
        QVERIFY(details->versions.first().facts.chains[0].chosen);
        QCOMPARE(details->versions.first().facts.remarks, QStringList());
    }

    void takesTheDefaultChainWithARemarkWhereNoneLeadsThere()
    {
        World world;
        world.server.setAlternateChains(1);
        auto request = world.wish();
        request.preferredChain = u"Nobody's Root"_s;
        const auto version = world.certificate(world.issue(request)).versions.first();
        QVERIFY(version.facts.chains[0].chosen);
        QVERIFY(version.facts.remarks.value(0).contains(u"Nobody's Root"_s));
        QVERIFY(version.facts.remarks.value(0).contains(u"Alternate Root 1"_s));
    }

    void losesNoCertificateToAnAlternateChainThatCannotBeFetched()
    {
        World world;
        world.server.setAlternateChains(1);
        world.server.failNext(support::Step::Certificate, support::Fault::RelativeUrls);
        world.server.failNext(support::Step::Certificate, support::Fault::InternalErrorHtml, 3);
        const auto order = world.issue(world.wish());
        QCOMPARE(order.state, OrderState::Issued);
        QCOMPARE(world.certificate(order).versions.first().facts.chains.size(), 1);
    }

    void asksForTheValidityAndTellsWhatCame()
    {
        World world;
        const QDateTime now = world.workshop.clock().now();
        auto request = world.wish();
        request.notBefore = now.addSecs(-day);
        request.notAfter = now.addSecs(3 * day);
        const auto version = world.certificate(world.issue(request)).versions.first();
        QVERIFY(qAbs(version.notAfter.secsTo(request.notAfter)) <= 1);
        QVERIFY(qAbs(version.notBefore.secsTo(request.notBefore)) <= 1);
        QVERIFY(version.facts.remarks.isEmpty());
    }

    void asksForTheSameLifetimeAtEachRenewal()
    {
        World world;
        auto request = world.wish();
        request.notAfter = world.workshop.clock().now().addSecs(3 * day);
        const auto first = world.issue(request);
        world.waitUntilDue(first);
        const auto renewed = world.renew(first.request.certificateId);
        QVERIFY2(renewed, renewed ? "" : qPrintable(renewed.error().message()));
        const QDateTime expected = world.workshop.clock().now().addSecs(3 * day);
        QVERIFY(qAbs(world.certificate(first).versions.first().notAfter.secsTo(expected)) < 600);
    }

    void saysThatTheAuthorityTakesNoValidity()
    {
        World world;
        world.server.setRefusesValidity(true);
        auto request = world.wish();
        request.lifetimeSeconds = day;
        const auto order = world.issue(request);
        QCOMPARE(order.state, OrderState::Failed);
        QCOMPARE(order.error->field(), u"notAfter"_s);
        QVERIFY(order.error->message().contains(u"NotBefore and NotAfter are not supported"_s));
    }

    void storesNothingForAnAuthorityKnownToTakeNoValidity()
    {
        World world;
        world.authority.meta.kind = u"lets-encrypt"_s;
        QVERIFY(await(world.workshop.storage().authorities().update(world.authority)));
        auto request = world.wish();
        request.lifetimeSeconds = day;
        const base::Error refusal = world.refusal(request);
        QCOMPARE(refusal.code(), base::ErrorCode::InvalidInput);
        QCOMPARE(refusal.field(), u"lifetime"_s);
        QVERIFY(refusal.detail().contains(u"Let's Encrypt"_s));
        QVERIFY(world.nothingIsStored());
    }

    void storesNothingForWhatContradictsItself_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("ended already") << u"notAfter"_s;
        QTest::newRow("ends before it begins") << u"notBefore"_s;
        QTest::newRow("lifetime beside an end") << u"lifetime"_s;
        QTest::newRow("request for other names") << u"csr"_s;
        QTest::newRow("request and kept key") << u"keepKey"_s;
        QTest::newRow("request and must-staple") << u"mustStaple"_s;
        QTest::newRow("pre-authorization that is not offered") << u"preauthorize"_s;
    }

    void storesNothingForWhatContradictsItself()
    {
        QFETCH(QString, field);
        World world;
        const QDateTime now = world.workshop.clock().now();
        auto request = world.wish();
        if (field == u"notAfter")
            request.notAfter = now.addSecs(-1);
        if (field == u"notBefore" || field == u"lifetime")
            request.notAfter = now.addSecs(day);
        if (field == u"notBefore")
            request.notBefore = now.addSecs(2 * day);
        if (field == u"lifetime")
            request.lifetimeSeconds = day;
        if (field == u"csr")
            request.csrDer = csrFor(newKey(), {u"other.corp.example"_s});
        if (field == u"keepKey" || field == u"mustStaple")
            request.csrDer = csrFor(newKey(), {u"host.corp.example"_s});
        request.keepKey = field == u"keepKey";
        request.mustStaple = field == u"mustStaple";
        request.preauthorize = field == u"preauthorize";
        const base::Error refusal = world.refusal(request);
        QCOMPARE(refusal.code(), base::ErrorCode::InvalidInput);
        QCOMPARE(refusal.field(), field);
        QVERIFY(!refusal.detail().isEmpty());
        QVERIFY(world.nothingIsStored());
        QCOMPARE(world.server.ordersCreated(), 0);
    }

    void issuesForARequestWhoseKeyIsElsewhere()
    {
        World world;
        const crypto::PrivateKey key = newKey(crypto::KeyType::Rsa2048);
        auto request = world.wish();
        request.names.clear();
        request.csrDer = csrFor(key, {u"device.corp.example"_s, u"192.0.2.9"_s});
        const auto order = world.issue(request);
        QCOMPARE(order.state, OrderState::Issued);
        const auto details = world.certificate(order);
        QCOMPARE(base::identifierValues(details.certificate.request.names).first(), u"device.corp.example"_s);
        QVERIFY(!details.versions.first().hasKey);
        QCOMPARE(crypto::chainFromPem(details.versions.first().chainPem)->leaf.spkiDer(), key.publicKey().spkiDer());
    }

    void exportsNoKeyThatIsElsewhere()
    {
        World world;
        auto request = world.wish();
        request.csrDer = csrFor(newKey(), {u"host.corp.example"_s});
        const auto order = world.issue(request);
        lifecycle::ExportRequest wanted;
        wanted.certificateId = order.request.certificateId;
        wanted.path = world.workshop.folder() + u"/out"_s;
        wanted.format = exchange::ExportFormat::Key;
        wanted.unencryptedKey = true;
        QVERIFY(!await(world.workshop.engine().certificates().exportTo(wanted)));
        QVERIFY(!QFile::exists(wanted.path));
        wanted.format = exchange::ExportFormat::FullChain;
        QVERIFY(await(world.workshop.engine().certificates().exportTo(wanted)));
    }

    void resumesAnOrderWhoseKeyIsElsewhere()
    {
        World world;
        world.server.failNext(support::Step::Finalize, support::Fault::InternalErrorHtml, 200);
        auto request = world.wish();
        request.csrDer = csrFor(newKey(), {u"host.corp.example"_s});
        const auto order = world.issue(request);
        QVERIFY(!lifecycle::isFinished(order.state));
        world.workshop.restart();
        world.server.clearFaults();
        QVERIFY(await(world.workshop.engine().orders().resume(order.id)));
        QCOMPARE(await(world.workshop.engine().orders().waitFor(order.id), 60)->state, OrderState::Issued);
        QCOMPARE(world.server.ordersCreated(), 1);
    }

    void waitsForAFreshRequestInsteadOfFailing()
    {
        World world;
        auto request = world.wish();
        request.csrDer = csrFor(newKey(), {u"host.corp.example"_s});
        const auto order = world.issue(request);
        const QString id = order.request.certificateId;
        QVERIFY(world.certificate(order).row.state == CertificateState::Valid);
        world.waitUntilDue(order);
        QVERIFY(world.certificate(order).row.state == CertificateState::NeedsCsr);
        QVERIFY(await(world.workshop.engine().renewals().renewDue({}))->placed.isEmpty());
        const auto counts = await(world.workshop.engine().certificateRepository().counts(world.workshop.clock().now()));
        QCOMPARE(counts->needAttention, 1);
        const auto without = world.renew(id);
        QVERIFY(!without);
        QCOMPARE(without.error().field(), u"csr"_s);

        const auto wrong = world.renewWith(id, csrFor(newKey(), {u"other.corp.example"_s}));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().field(), u"csr"_s);
        const crypto::PrivateKey fresh = newKey();
        const auto renewed = world.renewWith(id, csrFor(fresh, {u"host.corp.example"_s}));
        QVERIFY2(renewed, renewed ? "" : qPrintable(renewed.error().message()));
        QCOMPARE(renewed->state, OrderState::Issued);
        QCOMPARE(world.server.certificateKeys().last(), fresh.publicKey().spkiDer());
        QVERIFY(world.certificate(order).row.state == CertificateState::Valid);
    }

    void sendsTheSameRequestAgainWhereThatWasChosen()
    {
        World world;
        const crypto::PrivateKey key = newKey();
        auto request = world.wish();
        request.csrDer = csrFor(key, {u"host.corp.example"_s});
        request.reuseCsr = true;
        const auto order = world.issue(request);
        world.waitUntilDue(order);
        const auto sweep = await(world.workshop.engine().renewals().renewDue({}));
        QCOMPARE(sweep->placed.size(), 1);
        QCOMPARE(await(world.workshop.engine().orders().waitFor(sweep->placed.first()), 60)->state, OrderState::Issued);
        const QList<QByteArray> spki(2, key.publicKey().spkiDer());
        QCOMPARE(world.server.certificateKeys(), spki);
    }

    void readsNoRequestThatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray forged =
            crypto::certificateRequestDer(newKey(), base::parseIdentifiers({u"a.test"_s}).value()).value();
        forged[forged.size() - 1] = char(forged.back() ^ 1);
        QTest::newRow("no request") << "-----BEGIN CERTIFICATE REQUEST-----"_ba;
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("forged signature") << forged;
        // openssl req -newkey rsa:1024 -subj /CN=weak.test
        QTest::newRow("RSA 1024") << weakRequest();
    }

    void readsNoRequestThatCannotBeUsed()
    {
        QFETCH(QByteArray, bytes);
        const auto read = lifecycle::readExternalRequest(bytes);
        QVERIFY(!read);
        QCOMPARE(read.error().code(), base::ErrorCode::InvalidInput);
        QCOMPARE(read.error().field(), u"csr"_s);
    }

    void makesANewKeyAtEachRenewalUnlessToldToKeepIt_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::addColumn<int>("keys");
        QTest::newRow("new ones") << false << 3;
        QTest::newRow("the same") << true << 1;
    }

    void makesANewKeyAtEachRenewalUnlessToldToKeepIt()
    {
        QFETCH(bool, keep);
        QFETCH(int, keys);
        World world;
        auto request = world.wish();
        request.keepKey = keep;
        const auto order = world.issue(request);
        QVERIFY(world.renew(order.request.certificateId));
        world.workshop.restart();
        QVERIFY(world.renew(order.request.certificateId));
        const QList<QByteArray> used = world.server.certificateKeys();
        QCOMPARE(used.size(), 3);
        QCOMPARE(QSet<QByteArray>(used.begin(), used.end()).size(), keys);
    }

    void certifiesNoCompromisedKeyAgain()
    {
        World world;
        auto request = world.wish();
        request.keepKey = true;
        const auto order = world.issue(request);
        lifecycle::RevokeRequest revocation;
        revocation.certificateId = order.request.certificateId;
        revocation.reason = 1; // keyCompromise
        QVERIFY(await(world.workshop.engine().certificates().revoke(revocation, {})));
        QVERIFY(world.renew(order.request.certificateId));
        const QList<QByteArray> used = world.server.certificateKeys();
        QCOMPARE(used.size(), 2);
        QVERIFY(used[0] != used[1]);
    }

    void revokesAnOldVersionAndLeavesTheCurrentOne()
    {
        World world;
        const auto order = world.issue(world.wish());
        QVERIFY(world.renew(order.request.certificateId));
        const auto versions = world.certificate(order).versions;
        lifecycle::RevokeRequest revocation;
        revocation.certificateId = order.request.certificateId;
        revocation.versionId = versions.last().serial.toLower();
        QVERIFY(await(world.workshop.engine().certificates().revoke(revocation, {})));
        const auto after = world.certificate(order);
        QVERIFY(after.versions.last().revokedAt.isValid());
        QVERIFY(!after.versions.first().revokedAt.isValid());
        QVERIFY(after.row.state == CertificateState::Valid);
        revocation.versionId = u"no such"_s;
        const auto none = await(world.workshop.engine().certificates().revoke(revocation, {}));
        QCOMPARE(none.error().code(), base::ErrorCode::NotFound);
    }

    void tellsThatTheAuthorityLeftStaplingOut()
    {
        World world;
        auto request = world.wish();
        request.mustStaple = true;
        const auto version = world.certificate(world.issue(request)).versions.first();
        QVERIFY(version.facts.remarks.value(0).contains(u"must-staple"_s));
    }

    void listsTheKnownProfilesBesideTheRefusedOne()
    {
        World world;
        world.server.setProfiles({u"classic"_s, u"short"_s});
        auto request = world.wish();
        request.profile = u"gone"_s;
        const auto order = world.issue(request);
        QCOMPARE(order.state, OrderState::Failed);
        QVERIFY(order.error->message().contains(u"“gone”"_s));
        QVERIFY(order.error->message().contains(u"classic, short"_s));
    }

    void keepsWithTheVersionWhichProfileCame()
    {
        World world;
        world.server.setProfiles({u"classic"_s, u"short"_s});
        QCOMPARE(world.certificate(world.issue(world.wish())).versions.first().facts.profile, u"classic"_s);
    }

private:
    static QByteArray weakRequest();
};

QByteArray TestOrderWishes::weakRequest()
{
    return QByteArray("-----BEGIN CERTIFICATE REQUEST-----\n"
                      "MIIBUzCBvQIBADAUMRIwEAYDVQQDDAl3ZWFrLnRlc3QwgZ8wDQYJKoZIhvcNAQEB\n"
                      "BQADgY0AMIGJAoGBAMLqQGa+AZhF0ukCgi4bqPnvnqOm1tgCPoGCmmP+SYtVcG9H\n"
                      "ckxZtqPfZi3bhjuclLtNM4iknnAwqJAgtHDqqXOuOPHXM9BHu94kIJb+MVWB8Dn1\n"
                      "UqltCkI7/e9vbhgpfZS7BER9bXb/geRLz1Fgv+SzXz6p9Q4bR7s0JRo5oRh/AgMB\n"
                      "AAGgADANBgkqhkiG9w0BAQsFAAOBgQBybuW+WwBy66RP6iqb4k2JSknun+MPTtSZ\n"
                      "RZJRdaE4e3KJOz9+IbWiPsvS7JFHG1xpdhQi2ZV3c823E1LOulgzlYt4BMXmAD4x\n"
                      "uRZjgYyha05tr0meZY/eA/eSzNyLGZMKnuvt4Xr1VVJCmICvnJxFqbTpVirdWtSW\n"
                      "FAngtMsWwA==\n"
                      "-----END CERTIFICATE REQUEST-----\n");
}

SEALWRIGHT_TEST(TestOrderWishes)

} // namespace tst_order_wishes

#include "tst_order_wishes.moc"
