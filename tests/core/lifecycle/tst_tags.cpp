// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_filter.h"
#include "lifecycle/certificates.h"
#include "lifecycle/renewal_scheduler.h"
#include "support/acme_fault_server.h"
#include "support/await.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "support/workshop.h"

#include <QTest>

namespace tst_tags {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using lifecycle::CertificateFilter;
using lifecycle::IssueRequest;
using lifecycle::OrderState;
using lifecycle::Tag;
using lifecycle::TagChange;
using support::await;
using support::Fault;
using support::Step;

namespace {

QList<Tag> tags(const QStringList& names)
{
    return lifecycle::parseTags(names).value();
}

struct Scene {
    Scene()
    {
        server.setNow([this] { return workshop.clock().now(); });
        authority = workshop.addAuthority(server.directoryUrl(), server.tlsRootPem());
        workshop.registerAccount(authority.id);
    }

    lifecycle::OrderRecord issue(const QStringList& names, const QStringList& tagged = {})
    {
        IssueRequest request = workshop.request(authority.id, names);
        request.tags = tags(tagged);
        return workshop.issue(request).value();
    }

    base::Result<int> change(const QStringList& ids, const QStringList& add, const QStringList& remove = {})
    {
        return await(workshop.engine().certificates().changeTags({ids, tags(add), tags(remove)}));
    }

    QStringList tagsOf(const QString& certificateId)
    {
        return await(workshop.engine().certificates().details(certificateId)).value().row.tags;
    }

    QList<lifecycle::Event> log() { return await(workshop.engine().events().page({u"certificate.tag"_s})).value(); }

    support::AcmeFaultServer server;
    support::Workshop workshop;
    lifecycle::Authority authority;
};

} // namespace

/// Tags: what may be one, giving them to certificates, and asking for them.
class TestTags : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsATag_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name"); // empty: refused
        QTest::newRow("a word") << u"web"_s << u"web"_s;
        QTest::newRow("blanks at the ends") << u"  web\t"_s << u"web"_s;
        QTest::newRow("blanks inside") << u"team   payments"_s << u"team payments"_s;
        QTest::newRow("letter case is kept") << u"Web"_s << u"Web"_s;
        QTest::newRow("composed") << u"Bu\u0308ro"_s << u"B\u00fcro"_s;
        QTest::newRow("64 characters") << QString(64, u'x') << QString(64, u'x');
        QTest::newRow("64 characters beyond the first plane")
            << u"\U0001F512"_s.repeated(64) << u"\U0001F512"_s.repeated(64);
        QTest::newRow("65 characters") << QString(65, u'x') << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("blanks only") << u" \n "_s << QString();
        QTest::newRow("a line break") << u"a\nb"_s << QString();
        QTest::newRow("a control character") << u"a\u0007b"_s << QString();
        QTest::newRow("a comma") << u"a,b"_s << QString();
        QTest::newRow("a quote") << u"a\"b"_s << QString();
    }

    void takesWhatIsATag()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        const auto tag = Tag::parse(text);
        QCOMPARE(tag ? tag->name() : QString(), name);
        if (!tag) {
            QCOMPARE(tag.error().code(), ErrorCode::InvalidInput);
            QCOMPARE(tag.error().field(), u"tags"_s);
        }
    }

    void comparesWithoutRegardToCase()
    {
        QCOMPARE(lifecycle::tagNames(tags({u"Web"_s, u"WEB"_s, u"mail"_s})), QStringList({u"Web"_s, u"mail"_s}));
        QVERIFY(Tag::parse(u"B\u00dcRO"_s).value() == Tag::parse(u"bu\u0308ro"_s).value());
        QVERIFY(Tag::parse(u"\uFB01les"_s).value() == Tag::parse(u"FILES"_s).value()); // a ligature
        QVERIFY(!(Tag::parse(u"web"_s).value() == Tag::parse(u"web 2"_s).value()));
    }

    void readsAFilter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("keys");
        QTest::addColumn<bool>("any");
        const QStringList none;
        QTest::newRow("words") << u"corp web"_s << QStringList {u"corp"_s, u"web"_s} << none << false;
        QTest::newRow("a tag") << u"tag:Web"_s << none << QStringList {u"web"_s} << false;
        QTest::newRow("both") << u"a tag:web b"_s << QStringList {u"a"_s, u"b"_s} << QStringList {u"web"_s} << false;
        QTest::newRow("two tags") << u"tag:web tag:prod"_s << none << QStringList {u"web"_s, u"prod"_s} << false;
        QTest::newRow("blanks") << u"x tag:\"Team  Payments\" y"_s << QStringList {u"x"_s, u"y"_s}
                                << QStringList {u"team payments"_s} << false;
        QTest::newRow("not closed yet") << u"tag:\"team pay"_s << none << QStringList {u"team pay"_s} << false;
        QTest::newRow("any") << u"tag: a"_s << QStringList {u"a"_s} << none << true;
        QTest::newRow("within a word") << u"mytag:web"_s << QStringList {u"mytag:web"_s} << none << false;
        QTest::newRow("an address") << u"2001:db8::1"_s << QStringList {u"2001:db8::1"_s} << none << false;
    }

    void readsAFilter()
    {
        QFETCH(QString, text);
        const auto filter = CertificateFilter::parse(text);
        QTEST(filter.words.split(u' ', Qt::SkipEmptyParts), "words");
        QTEST(filter.tagKeys, "keys");
        QTEST(filter.anyTag, "any");
    }

    void tagsTheCertificateThatAnOrderMakes()
    {
        Scene scene;
        const auto issued = scene.issue({u"a.corp.example"_s}, {u"web"_s, u"Prod"_s});
        QCOMPARE(issued.state, OrderState::Issued);
        QCOMPARE(scene.tagsOf(issued.request.certificateId), QStringList({u"Prod"_s, u"web"_s}));
        QVERIFY_RESULT(scene.change({issued.request.certificateId}, {}, {u"prod"_s}));
        const auto renewed = await(scene.workshop.engine().renewals().renew(issued.request.certificateId, {})).value();
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(renewed))->state, OrderState::Issued);
        QCOMPARE(scene.tagsOf(issued.request.certificateId), QStringList(u"web"_s));
    }

    void keepsTheTagsOfAnInterruptedOrder()
    {
        Scene scene;
        scene.server.failNext(Step::Finalize, Fault::InternalErrorHtml, 50);
        const auto interrupted = scene.issue({u"a.corp.example"_s}, {u"web"_s});
        QVERIFY(!lifecycle::isFinished(interrupted.state));
        scene.server.clearFaults();
        scene.workshop.restart();
        const auto kept = await(scene.workshop.engine().orders().details(interrupted.id)).value();
        QCOMPARE(lifecycle::tagNames(kept.record.request.tags), QStringList(u"web"_s));
        QVERIFY_RESULT(await(scene.workshop.engine().orders().resume(interrupted.id)));
        QCOMPARE(await(scene.workshop.engine().orders().waitFor(interrupted.id))->state, OrderState::Issued);
        QCOMPARE(scene.tagsOf(interrupted.request.certificateId), QStringList(u"web"_s));
    }

    void addsAndRemovesTagsOfManyAndSaysSoInTheLog()
    {
        Scene scene;
        const QString first = scene.issue({u"a.corp.example"_s}, {u"old"_s}).request.certificateId;
        const QString second = scene.issue({u"b.corp.example"_s}, {u"WEB"_s}).request.certificateId;
        const QString third = scene.issue({u"c.corp.example"_s}, {u"web"_s}).request.certificateId;
        QCOMPARE(scene.change({first, second, third, first}, {u"web"_s}, {u"OLD"_s, u"nobody has it"_s}).value(), 1);
        QCOMPARE(scene.change({first, second, third}, {u"prod"_s}).value(), 3);
        QCOMPARE(scene.tagsOf(first), QStringList({u"prod"_s, u"WEB"_s}));
        QCOMPARE(scene.tagsOf(third), QStringList({u"prod"_s, u"WEB"_s}));
        QCOMPARE(scene.change({first, second, third}, {u"PROD"_s}).value(), 0);
        const auto log = scene.log();
        QCOMPARE(log.size(), 2);
        QCOMPARE(log[0].objectName, u"3 certificates"_s);
        QVERIFY2(log[0].detail.contains(u"added prod"_s) && log[0].detail.contains(u"b.corp.example"_s),
                 qPrintable(log[0].detail));
        QVERIFY(!log[0].actor.user.isEmpty());
        QCOMPARE(log[1].objectId, first);
        QCOMPARE(log[1].objectName, u"a.corp.example"_s);
        QVERIFY2(log[1].detail.contains(u"added web; removed OLD"_s), qPrintable(log[1].detail));
    }

    void changesNothingWhereOneCertificateIsUnknown()
    {
        Scene scene;
        const QString id = scene.issue({u"a.corp.example"_s}, {u"old"_s}).request.certificateId;
        const auto refused = scene.change({id, u"no-such-id"_s}, {u"web"_s}, {u"old"_s});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::NotFound);
        QVERIFY2(refused.error().detail().contains(u"no-such-id"_s), qPrintable(refused.error().detail()));
        QCOMPARE(scene.tagsOf(id), QStringList(u"old"_s));
        QCOMPARE(await(scene.workshop.engine().certificates().tags()).value().size(), 1);
        QVERIFY(scene.log().isEmpty());
    }

    void refusesAChangeThatSaysNothingOrContradictsItself()
    {
        Scene scene;
        QCOMPARE(scene.change({u"c"_s}, {}).error().field(), u"tags"_s);
        QCOMPARE(scene.change({}, {u"web"_s}).error().field(), u"certificates"_s);
        QCOMPARE(scene.change({u"c"_s}, {u"web"_s}, {u"WEB"_s}).error().field(), u"tags"_s);
    }

    void tagsACertificateForAPartOfTheNamesLikeTheWhole()
    {
        Scene scene;
        scene.server.setBlockedNames({u"b.corp.example"_s});
        const auto failed = scene.issue({u"a.corp.example"_s, u"b.corp.example"_s}, {u"web"_s});
        QCOMPARE(failed.state, OrderState::Failed);
        QVERIFY_RESULT(scene.change({failed.request.certificateId}, {u"prod"_s}));
        auto& orders = scene.workshop.engine().orders();
        const auto placed = await(orders.retry(failed.id, lifecycle::RetriedNames::WithoutFailed, {}));
        QVERIFY_RESULT(placed);
        const auto ended = await(orders.waitFor(*placed)).value();
        QVERIFY(ended.request.certificateId != failed.request.certificateId);
        QCOMPARE(scene.tagsOf(ended.request.certificateId), QStringList({u"prod"_s, u"web"_s}));
    }
};

SEALWRIGHT_TEST(TestTags)

} // namespace tst_tags

#include "tst_tags.moc"
